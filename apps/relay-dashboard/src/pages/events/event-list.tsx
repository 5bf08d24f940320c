import type { JSX } from 'preact';
import type { EventRecord } from '../../api/admin-api';
import { zoneName } from '../../format/format-time';
import { Ago } from '../../parts/ago';
import { DataTable } from '../../parts/data-table';
import type { Column, Picking } from '../../parts/data-table';
import { PriorityBadge } from '../../parts/priority-badge';
import { StateBadge } from '../../parts/state-badge';
import { UserLink } from '../../parts/user-link';
import { toHash } from '../../route/route';

const columnsOf = (): readonly Column<EventRecord>[] => [
  {
    header: 'Event',
    cell: ({ id, type, event }) => (
      <a class="event-link" href={toHash({ page: 'event', id })}>
        <span class="type">{type}</span> {event !== null && <span class="clip event-name">{event}</span>}{' '}
        <span class="only-read">{id}</span>
      </a>
    ),
  },
  { header: `Accepted, ${zoneName()}`, isPlain: true, cell: ({ acceptedAt }) => <Ago at={acceptedAt} /> },
  { header: 'User', isPlain: true, cell: ({ userId }) => <UserLink userId={userId} /> },
  {
    header: 'State',
    isPlain: true,
    cell: ({ state, reason, priority }) => (
      <>
        <StateBadge state={state} /> <PriorityBadge priority={priority} /> {reason !== null && <code>{reason}</code>}
      </>
    ),
  },
  {
    header: 'Warnings',
    isNumber: true,
    cell: ({ warnings }) => (warnings.length === 0 ? null : warnings.length),
  },
  {
    header: 'Destination',
    isPlain: true,
    cell: ({ destination }) => (
      <span class="clip" title={destination}>
        {destination}
      </span>
    ),
  },
];

interface Props {
  readonly events: readonly EventRecord[];
  readonly picking: Picking;
}

/** Events, one a row. */
export function EventList({ events, picking }: Props): JSX.Element {
  return (
    <DataTable
      caption="Events, newest first"
      columns={columnsOf()}
      rows={events}
      keyOf={({ id }) => id}
      picking={picking}
    />
  );
}
