import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { FlowMinute } from '../../api/admin-api';
import { partsOf, Plot } from '../../parts/plot';
import type { Measure } from '../../parts/plot';
import { timesOf } from './flow-plot';
import type { PlotProps } from './plot-props';

interface Props extends PlotProps {
  readonly label: string;
  /** The same in words. */
  readonly summary: string;
  /** Counts, unless given. */
  readonly measure?: Measure;
  /** Null where it is not known. The same function at each rendering. */
  valueOf(minute: FlowMinute): number | null;
  format(value: number): string;
}

/** Values with none beside them, which no line leads to. */
const findLonely: uPlot.Series.Points.Filter = (plot, series) => {
  const values = plot.data[series] ?? [];
  const isThere = (index: number): boolean => typeof values[index] === 'number';
  return Array.from(values.keys()).filter((index) => isThere(index) && !isThere(index - 1) && !isThere(index + 1));
};

/** One figure, minute by minute. */
export function LinePlot({ minutes, span, label, summary, measure, valueOf, format }: Props): JSX.Element {
  const data = useMemo<uPlot.AlignedData>(() => [timesOf(minutes), minutes.map(valueOf)], [minutes, valueOf]);
  const series = (colourOf: (property: string) => string): readonly uPlot.Series[] => [
    {
      label,
      stroke: colourOf('--accent'),
      width: 2,
      points: { size: 4, fill: colourOf('--accent'), filter: findLonely },
      value: (_, value) => ((value as number | null) === null ? '–' : format(value)),
    },
  ];
  const times = partsOf(span.partSeconds);
  return <Plot summary={summary} data={data} series={series} times={times} {...(measure ? { measure } : {})} />;
}
