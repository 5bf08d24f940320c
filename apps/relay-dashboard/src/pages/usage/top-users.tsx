import type { JSX } from 'preact';
import type { Usage } from '../../api/admin-api';
import { formatNumber, formatShare } from '../../format/format-number';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { UserLink } from '../../parts/user-link';

/** Users whom most is sent for. */
export function TopUsers({ topUsers, events: all }: Pick<Usage, 'topUsers' | 'events'>): JSX.Element {
  const columns: readonly Column<Usage['topUsers'][number]>[] = [
    { header: 'User', cell: ({ userId }) => <UserLink userId={userId} /> },
    { header: 'Events, about', isNumber: true, cell: ({ events }) => formatNumber(events) },
    { header: 'Share', isNumber: true, cell: ({ events }) => formatShare(events, all) },
  ];
  return (
    <DataTable caption="Users whom most is sent for" columns={columns} rows={topUsers} keyOf={({ userId }) => userId} />
  );
}
