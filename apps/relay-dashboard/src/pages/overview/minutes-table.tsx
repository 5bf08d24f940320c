import type { JSX } from 'preact';
import type { FlowMinute } from '../../api/admin-api';
import { formatDuration } from '../../format/format-duration';
import { formatNumber, formatRatio } from '../../format/format-number';
import { DataTable } from '../../parts/data-table';
import type { Column } from '../../parts/data-table';
import { Time } from '../../parts/time';
import type { PlotProps } from './plot-props';
import { eventsPerRequest } from './flow-totals';

const COUNTS = ['accepted', 'delivered', 'filtered', 'unsupported', 'rejected', 'requests'] as const;

const COLUMNS: readonly Column<FlowMinute>[] = [
  { header: 'From', cell: ({ at }) => <Time at={at} /> },
  ...COUNTS.map((name) => ({
    header: name,
    isNumber: true,
    cell: (minute: FlowMinute) => formatNumber(minute[name]),
  })),
  {
    header: 'events per request',
    isNumber: true,
    cell: (minute) => {
      const ratio = eventsPerRequest(minute);
      return ratio === null ? '–' : formatRatio(ratio);
    },
  },
  {
    header: 'waiting',
    isNumber: true,
    cell: ({ waiting }) => (waiting === null ? '–' : formatNumber(waiting)),
  },
  {
    header: 'longest wait',
    isNumber: true,
    cell: ({ longestWaitSeconds }) => (longestWaitSeconds === null ? '–' : formatDuration(longestWaitSeconds * 1_000)),
  },
];

/** What the plots show, as numbers: the minutes in which something happened, latest first. */
export function MinutesTable({ minutes, span }: PlotProps): JSX.Element {
  const rows = minutes.filter((minute) => minute.waiting || COUNTS.some((name) => minute[name] > 0)).reverse();
  return (
    <details>
      <summary>The plots as a table</summary>
      {rows.length === 0 ? (
        <p>Nothing happened in {span.text}.</p>
      ) : (
        <DataTable caption={`What happened in ${span.text}`} columns={COLUMNS} rows={rows} keyOf={({ at }) => at} />
      )}
    </details>
  );
}
