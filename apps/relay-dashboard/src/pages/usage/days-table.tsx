import type { JSX } from 'preact';
import type { Usage } from '../../api/admin-api';
import { formatDay } from '../../format/format-day';
import { formatNumber } from '../../format/format-number';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';

type Day = Usage['days'][number];

const COLUMNS: readonly Column<Day>[] = [
  { header: 'Day (UTC)', cell: ({ day }) => <time dateTime={day}>{formatDay(day)}</time> },
  { header: 'New users', isNumber: true, cell: ({ trackedUsers }) => formatNumber(trackedUsers) },
  { header: 'Events', isNumber: true, cell: ({ events }) => formatNumber(events) },
  { header: 'Attributes', isNumber: true, cell: ({ attributes }) => formatNumber(attributes) },
];

/** What the plots show, as numbers, latest first. */
export function DaysTable({ days }: Pick<Usage, 'days'>): JSX.Element {
  return (
    <details>
      <summary>The plots as a table</summary>
      <DataTable caption="Days of the month" columns={COLUMNS} rows={[...days].reverse()} keyOf={({ day }) => day} />
    </details>
  );
}
