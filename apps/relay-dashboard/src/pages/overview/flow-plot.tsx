import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import uPlot from 'uplot';
import type { FlowMinute } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { partsOf, Plot } from '../../parts/plot';
import type { PlotProps } from './plot-props';
import type { Span } from './span';
import { totalOf } from './flow-totals';
import { stack } from './stack';

const OUTCOMES = ['delivered', 'filtered', 'unsupported', 'rejected'] as const;
// The tallest is painted first, the others over it.
const PAINTED = [...OUTCOMES].reverse();
const BARS = uPlot.paths.bars?.({ size: [0.8, 40] });

/** What became of events, minute by minute, and how many came. */
export function FlowPlot({ minutes, span }: PlotProps): JSX.Element {
  const data = useMemo<uPlot.AlignedData>(() => {
    const stacked = stack(OUTCOMES.map((outcome) => minutes.map((minute) => minute[outcome])));
    return [timesOf(minutes), ...stacked.reverse(), minutes.map(({ accepted }) => accepted)];
  }, [minutes]);
  const series = (colourOf: (property: string) => string): readonly uPlot.Series[] => [
    ...PAINTED.map((outcome) => ({
      label: outcome,
      stroke: colourOf(`--${outcome}`),
      fill: colourOf(`--${outcome}`),
      width: 0,
      points: { show: false },
      ...(BARS ? { paths: BARS } : {}),
      // Of itself, not of the stack.
      value: (plot: uPlot, _: number, seriesIndex: number, index: number | null) =>
        index === null ? '–' : formatNumber(heightOf(plot, seriesIndex, index)),
    })),
    {
      label: 'accepted',
      stroke: colourOf('--text'),
      width: 1.5,
      points: { show: false },
      value: (_, value) => ((value as number | null) === null ? '–' : formatNumber(value)),
    },
  ];
  const times = partsOf(span.partSeconds);
  return <Plot summary={summarize(minutes, span)} data={data} series={series} times={times} />;
}

export function timesOf(minutes: readonly FlowMinute[]): number[] {
  return minutes.map(({ at }) => Date.parse(at) / 1_000);
}

function heightOf({ data }: uPlot, seriesIndex: number, index: number): number {
  const below = seriesIndex === PAINTED.length ? 0 : (data[seriesIndex + 1]?.[index] ?? 0);
  return (data[seriesIndex]?.[index] ?? 0) - below;
}

function summarize(minutes: readonly FlowMinute[], { text, part }: Span): string {
  const totals = totalOf(minutes);
  const parts = (['accepted', ...OUTCOMES] as const).map((name) => `${formatNumber(totals[name])} ${name}`);
  return `Events per ${part} in ${text}. In all ${parts.join(', ')}.`;
}
