import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { formatCompact } from '../format/format-number';
import { readColour } from './read-colour';
import { useScheme } from './use-scheme';

const HEIGHT = 200;
/** What the values are: how they are written, how wide that is in pixels, and how far the lines of the grid may be apart. */
export interface Measure {
  format(value: number): string;
  readonly width: number;
  readonly steps: readonly number[];
}

// Events cannot be halved: 1, 2, 5, 10, 20, …
const COUNT: Measure = {
  format: formatCompact,
  width: 52,
  steps: Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat(),
};

interface Props {
  /** The same in words. */
  readonly summary: string;
  /** Times in epoch seconds, then the values of each series. */
  readonly data: uPlot.AlignedData;
  /** Counts, unless given. */
  readonly measure?: Measure;
  /** Everything but the first, which is time. `colourOf` gives a custom property's colour. */
  series(colourOf: (property: string) => string): readonly uPlot.Series[];
}

/** A plot over time, as wide as there is room. */
export function Plot({ summary, data, measure = COUNT, series }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const scheme = useScheme();

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    plot.current = new uPlot(optionsFor(element, measure, series), data, element);
    const observer = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.current?.destroy();
    };
  }, [scheme]);

  useEffect(() => plot.current?.setData(data), [data]);

  return (
    <div class="plot" role="img" aria-label={summary}>
      <div ref={box} />
    </div>
  );
}

function optionsFor(element: HTMLElement, measure: Measure, series: Props['series']): uPlot.Options {
  const colourOf = (property: string): string => readColour(element, property);
  const axis: uPlot.Axis = {
    stroke: colourOf('--quiet'),
    grid: { stroke: colourOf('--line'), width: 1 },
    ticks: { stroke: colourOf('--line'), width: 1 },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [12, 8, 0, 0],
    cursor: { drag: { x: false, y: false } },
    scales: {
      // Room for half a minute's bar at either end.
      x: { range: (_, first, last) => [first - 30, last + 30] },
      y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] },
    },
    axes: [
      { ...axis, values: (_, times) => times.map(formatMinute), space: 70, size: 32 },
      { ...axis, values: (_, values) => values.map(measure.format), size: measure.width, incrs: [...measure.steps] },
    ],
    series: [{ label: 'Time', value: (_, time) => (time === null ? '–' : formatMinute(time)) }, ...series(colourOf)],
  };
}

function formatMinute(epochSeconds: number): string {
  return new Date(epochSeconds * 1_000).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}
