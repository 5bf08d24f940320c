import type { JSX } from 'preact';
import type { Usage } from '../../api/admin-api';
import { formatMonth } from '../../format/format-day';
import { formatNumber } from '../../format/format-number';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { toHash } from '../../route/route';

type Month = Usage['months'][number];

/** Months side by side, latest first. */
export function MonthsTable({ months, destination }: Pick<Usage, 'months' | 'destination'>): JSX.Element {
  const most = Math.max(1, ...months.map(({ trackedUsers }) => trackedUsers));
  const columns: readonly Column<Month>[] = [
    {
      header: 'Month (UTC)',
      cell: ({ month }) => <a href={toHash({ page: 'usage', filter: { destination, month } })}>{formatMonth(month)}</a>,
    },
    {
      header: 'Tracked users',
      cell: ({ trackedUsers }) => (
        <span class="with-bar">
          <span class="amount">{formatNumber(trackedUsers)}</span>
          <meter aria-hidden="true" min={0} max={most} value={trackedUsers} />
        </span>
      ),
    },
    { header: 'Billed users', isNumber: true, cell: ({ billedUsers }) => formatNumber(billedUsers) },
    { header: 'Events', isNumber: true, cell: ({ events }) => formatNumber(events) },
    { header: 'Attributes', isNumber: true, cell: ({ attributes }) => formatNumber(attributes) },
  ];
  return (
    <DataTable
      caption="Months, the latest first"
      columns={columns}
      rows={[...months].reverse()}
      keyOf={({ month }) => month}
    />
  );
}
