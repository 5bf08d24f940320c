import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { Minute } from '../../api/records';
import { formatRatio } from '../../format/format-number';
import { Plot } from '../../parts/plot';
import { timesOf } from './flow-plot';
import { eventsPerRequest, totalOf } from './flow-totals';

/** How many events a request carried, minute by minute. */
export function RatioPlot({ minutes }: { readonly minutes: readonly Minute[] }): JSX.Element {
  const data = useMemo<uPlot.AlignedData>(() => [timesOf(minutes), minutes.map(eventsPerRequest)], [minutes]);
  const series = (colourOf: (property: string) => string): readonly uPlot.Series[] => [
    {
      label: 'events per request',
      stroke: colourOf('--accent'),
      width: 2,
      points: { size: 5, fill: colourOf('--accent') },
      value: (_, value) => ((value as number | null) === null ? '–' : formatRatio(value)),
    },
  ];
  return <Plot summary={summarize(minutes)} data={data} series={series} />;
}

function summarize(minutes: readonly Minute[]): string {
  const ratio = eventsPerRequest(totalOf(minutes));
  return ratio === null
    ? 'Events per request in the last hour: there was no request.'
    : `Events per request in the last hour, ${formatRatio(ratio)} on average.`;
}
