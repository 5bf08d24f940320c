import type { JSX } from 'preact';
import type { DeadLetterGroup, DeadLetterMessage } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { Since } from '../../parts/since';
import { toHash } from '../../route/route';
import type { Question } from './dead-letter-group';

interface Props {
  readonly group: DeadLetterGroup;
  onAsk(question: Question): void;
}

/** What the messages of a group say, one a row. */
export function MessageList({ group, onAsk }: Props): JSX.Element {
  const { destination, reason, messages } = group;
  const ask = (act: Question['act'], message: string): void =>
    onAsk({ act, filter: { destination, reason, message }, what: `Those that say “${message}”.` });
  const columns: readonly Column<DeadLetterMessage>[] = [
    { header: 'Message', cell: ({ message }) => <span class="message">{message ?? 'no message'}</span> },
    {
      header: 'Events',
      isNumber: true,
      cell: ({ count, isMore, message }) => (
        <a href={toHash({ page: 'events', filter: filterOf(group, message) })}>
          {formatNumber(count)}
          {isMore && '+'}
        </a>
      ),
    },
    { header: 'Newest, ago', cell: ({ newestAt }) => <Since at={newestAt} /> },
    {
      header: 'Sample',
      cell: ({ sampleId }) => <a href={toHash({ page: 'event', id: sampleId })}>Event&nbsp;{sampleId}</a>,
    },
    {
      header: 'Actions',
      cell: ({ message }) =>
        message !== null && (
          <span class="actions">
            <button type="button" class="small" onClick={() => ask('replay', message)}>
              Replay… <span class="only-read">{message}</span>
            </button>
            <button type="button" class="small" onClick={() => ask('dismiss', message)}>
              Dismiss… <span class="only-read">{message}</span>
            </button>
          </span>
        ),
    },
  ];
  return (
    <DataTable
      caption={`Messages of ${reason} at ${destination}`}
      columns={columns}
      rows={messages}
      keyOf={({ sampleId }) => sampleId}
    />
  );
}

function filterOf({ destination, reason }: DeadLetterGroup, message: string | null) {
  return { state: 'rejected' as const, destination, reason, ...(message === null ? {} : { message }) };
}
