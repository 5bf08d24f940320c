import type { JSX } from 'preact';
import type { EventRecord } from '../../api/admin-api';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { StateBadge } from '../../parts/state-badge';
import { Time } from '../../parts/time';
import { UserLink } from '../../parts/user-link';
import { toHash } from '../../route/route';

const COLUMNS: readonly Column<EventRecord>[] = [
  {
    header: 'Event',
    cell: ({ id, type, event }) => (
      <a class="event-link" href={toHash({ page: 'event', id })}>
        <span class="type">{type}</span> {event !== null && <span class="clip event-name">{event}</span>}{' '}
        <span class="only-read">{id}</span>
      </a>
    ),
  },
  { header: 'Accepted', cell: ({ acceptedAt }) => <Time at={acceptedAt} /> },
  { header: 'User', cell: ({ userId }) => <UserLink userId={userId} /> },
  {
    header: 'State',
    cell: ({ state, reason }) => (
      <>
        <StateBadge state={state} /> {reason !== null && <code>{reason}</code>}
      </>
    ),
  },
  {
    header: 'Warnings',
    isNumber: true,
    cell: ({ warnings }) => (warnings.length === 0 ? '–' : warnings.length),
  },
  {
    header: 'Destination',
    cell: ({ destination }) => (
      <span class="clip" title={destination}>
        {destination}
      </span>
    ),
  },
];

/** Events, one a row. */
export function EventList({ events }: { readonly events: readonly EventRecord[] }): JSX.Element {
  return <DataTable caption="Events, newest first" columns={COLUMNS} rows={events} keyOf={({ id }) => id} />;
}
