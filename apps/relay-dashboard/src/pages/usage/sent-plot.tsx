import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { Usage } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { DAYS, Plot } from '../../parts/plot';
import { timesOf } from './users-plot';

/** How many events and attributes were sent, day by day. */
export function SentPlot({ days }: Pick<Usage, 'days'>): JSX.Element {
  const data = useMemo<uPlot.AlignedData>(
    () => [timesOf(days), days.map(({ events }) => events), days.map(({ attributes }) => attributes)],
    [days],
  );
  const line = (label: string, colour: string): uPlot.Series => ({
    label,
    stroke: colour,
    width: 2,
    points: { size: 5, fill: colour },
    value: (_, value) => ((value as number | null) === null ? '–' : formatNumber(value)),
  });
  const series = (colourOf: (property: string) => string): readonly uPlot.Series[] => [
    line('events', colourOf('--accent')),
    line('attributes', colourOf('--unsupported')),
  ];
  return <Plot summary="Events and attributes sent, day by day." data={data} series={series} times={DAYS} />;
}
