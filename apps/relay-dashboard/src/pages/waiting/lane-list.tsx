import type { JSX } from 'preact';
import type { LaneRecord } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { PriorityBadge } from '../../parts/priority-badge';
import { Since } from '../../parts/since';
import { UserLink } from '../../parts/user-link';
import { WaitNote } from '../../parts/wait-note';

const COLUMNS: readonly Column<LaneRecord>[] = [
  { header: 'User', cell: ({ userId }) => <UserLink userId={userId} /> },
  { header: 'Events', isNumber: true, cell: ({ pending }) => formatNumber(pending) },
  {
    header: 'Why it waits',
    isPlain: true,
    cell: (lane) => (
      <>
        <PriorityBadge priority={lane.priority} /> <WaitNote lane={lane} />
      </>
    ),
  },
  { header: 'Longest wait', cell: ({ oldestAt }) => <Since at={oldestAt} /> },
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

/** Waiting users, one a row. */
export function LaneList({ lanes }: { readonly lanes: readonly LaneRecord[] }): JSX.Element {
  return (
    <DataTable
      caption="Users that something waits for, oldest first"
      columns={COLUMNS}
      rows={lanes}
      keyOf={({ destination, userId }) => JSON.stringify([destination, userId])}
    />
  );
}
