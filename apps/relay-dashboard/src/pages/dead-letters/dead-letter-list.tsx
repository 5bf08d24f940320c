import type { JSX } from 'preact';
import type { DeadLetterGroup } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { Since } from '../../parts/since';
import { toHash } from '../../route/route';

interface Props {
  readonly groups: readonly DeadLetterGroup[];
  onReplay(question: { filter: { destination: string; reason: string }; what: string }): void;
}

/** Dead letters, one row for each destination and reason. */
export function DeadLetterList({ groups, onReplay }: Props): JSX.Element {
  const columns: readonly Column<DeadLetterGroup>[] = [
    {
      header: 'Reason',
      cell: ({ reason, message }) => (
        <>
          <code>{reason}</code>
          {message !== null && <p class="message">{message}</p>}
        </>
      ),
    },
    {
      header: 'Destination',
      cell: ({ destination }) => (
        <span class="clip" title={destination}>
          {destination}
        </span>
      ),
    },
    {
      header: 'Events',
      isNumber: true,
      cell: ({ count, destination, reason }) => (
        <a href={toHash({ page: 'events', filter: { state: 'rejected', destination, reason } })}>
          {formatNumber(count)}
        </a>
      ),
    },
    { header: 'Oldest, ago', cell: ({ oldestAt }) => <Since at={oldestAt} /> },
    { header: 'Newest, ago', cell: ({ newestAt }) => <Since at={newestAt} /> },
    {
      header: 'Sample',
      cell: ({ sampleId }) => <a href={toHash({ page: 'event', id: sampleId })}>Event&nbsp;{sampleId}</a>,
    },
    {
      header: 'Action',
      cell: ({ destination, reason }) => (
        <button
          type="button"
          onClick={() =>
            onReplay({ filter: { destination, reason }, what: `Those of ${destination} with the reason ${reason}.` })
          }
        >
          Replay…
          <span class="only-read">
            {reason} of {destination}
          </span>
        </button>
      ),
    },
  ];
  return (
    <DataTable
      caption="Dead letters by reason and destination"
      columns={columns}
      rows={groups}
      keyOf={({ destination, reason }) => JSON.stringify([destination, reason])}
    />
  );
}
