import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { Usage } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { DAYS, Plot } from '../../parts/plot';
import { soFar } from './so-far';

/** How many users there were so far, day by day, and the limit. */
export function UsersPlot({ usage: { days, limit } }: { readonly usage: Pick<Usage, 'days' | 'limit'> }): JSX.Element {
  const data = useMemo<uPlot.AlignedData>(() => {
    const times = timesOf(days);
    const users = soFar(days.map(({ trackedUsers }) => trackedUsers));
    return [times, [...users], ...(limit === null ? [] : [times.map(() => limit)])];
  }, [days, limit]);
  const format = (_: uPlot, value: number | null): string => (value === null ? '–' : formatNumber(value));
  const series = (colourOf: (property: string) => string): readonly uPlot.Series[] => [
    {
      label: 'users so far',
      stroke: colourOf('--accent'),
      width: 2,
      points: { size: 5, fill: colourOf('--accent') },
      value: format,
    },
    ...(limit === null
      ? []
      : [
          {
            label: 'limit',
            stroke: colourOf('--rejected'),
            width: 1.5,
            dash: [6, 4],
            points: { show: false },
            value: format,
          },
        ]),
  ];
  const total = data[1]?.at(-1) ?? 0;
  const ofLimit = limit === null ? '' : ` of ${formatNumber(limit)}`;
  const summary = `Tracked users so far, day by day: ${formatNumber(total)}${ofLimit}.`;
  return <Plot key={String(limit === null)} summary={summary} data={data} series={series} times={DAYS} />;
}

export function timesOf(days: readonly { readonly day: string }[]): number[] {
  return days.map(({ day }) => Date.parse(day) / 1_000);
}
