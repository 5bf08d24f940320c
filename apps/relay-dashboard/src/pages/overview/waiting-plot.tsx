import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { Minute } from '../../api/records';
import { formatNumber } from '../../format/format-number';
import { Plot } from '../../parts/plot';
import { timesOf } from './flow-plot';
import { mostOf } from './most-of';

/** How many events waited, minute by minute. */
export function WaitingPlot({ minutes }: { readonly minutes: readonly Minute[] }): JSX.Element {
  const data = useMemo<uPlot.AlignedData>(() => [timesOf(minutes), minutes.map(({ waiting }) => waiting)], [minutes]);
  const series = (colourOf: (property: string) => string): readonly uPlot.Series[] => [
    {
      label: 'events waiting',
      stroke: colourOf('--accent'),
      width: 2,
      points: { size: 5, fill: colourOf('--accent') },
      value: (_, value) => ((value as number | null) === null ? '–' : formatNumber(value)),
    },
  ];
  const most = mostOf(minutes.map(({ waiting }) => waiting));
  const summary = `Events waiting in the last hour${most === null ? ': not known yet.' : `, ${formatNumber(most)} at most.`}`;
  return <Plot summary={summary} data={data} series={series} />;
}
