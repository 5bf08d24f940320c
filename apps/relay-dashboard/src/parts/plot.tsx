import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { formatDay } from '../format/format-day';
import { formatCompact } from '../format/format-number';
import { readColour } from './read-colour';
import { useScheme } from './use-scheme';

const HEIGHT = 190;
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

/** What times stand for: how far apart they are in seconds, how they are written, and what the lines of the grid are drawn at. */
export interface Times {
  readonly step: number;
  /** What one of them is called. */
  readonly label: string;
  format(epochSeconds: number): string;
  readonly axis?: Pick<uPlot.Axis, 'incrs'>;
  readonly options?: Pick<uPlot.Options, 'tzDate'>;
}

const MINUTES: Times = { step: 60, label: 'Time', format: formatMinute };

/** Parts of an hour, or of days: then the day is written, too. */
export function partsOf(seconds: number): Times {
  return { step: seconds, label: 'From', format: seconds < 900 ? formatMinute : formatDayAndMinute };
}

/** Days, UTC. */
export const DAYS: Times = {
  step: 86_400,
  label: 'Day',
  format: formatDay,
  axis: { incrs: [1, 2, 7, 14].map((days) => days * 86_400) },
  options: { tzDate: (epochSeconds) => uPlot.tzDate(new Date(epochSeconds * 1_000), 'Etc/UTC') },
};

interface Props {
  /** The same in words. */
  readonly summary: string;
  /** Times in epoch seconds, then the values of each series. */
  readonly data: uPlot.AlignedData;
  /** Counts, unless given. */
  readonly measure?: Measure;
  /** Minutes, unless given. */
  readonly times?: Times;
  /** Everything but the first, which is time. `colourOf` gives a custom property's colour. */
  series(colourOf: (property: string) => string): readonly uPlot.Series[];
}

/** A plot over time, as wide as there is room. */
export function Plot({ summary, data, measure = COUNT, times = MINUTES, series }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const scheme = useScheme();

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    plot.current = new uPlot(optionsFor(element, measure, times, series), data, element);
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

function optionsFor(element: HTMLElement, measure: Measure, times: Times, series: Props['series']): uPlot.Options {
  const colourOf = (property: string): string => readColour(element, property);
  const axis: uPlot.Axis = {
    stroke: colourOf('--quiet'),
    grid: { stroke: colourOf('--line'), width: 1 },
    ticks: { stroke: colourOf('--line'), width: 1 },
  };
  return {
    ...times.options,
    width: element.clientWidth,
    height: HEIGHT,
    // The last time is written across the right edge.
    padding: [12, 30, 0, 0],
    cursor: { drag: { x: false, y: false } },
    scales: {
      // Room for half a bar at either end. Of a time that is alone uPlot makes years.
      x: {
        range: ({ data: [all] }, first, last) => [
          first - times.step / 2,
          (all.length > 1 ? last : first) + times.step / 2,
        ],
      },
      y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] },
    },
    axes: [
      { ...axis, values: (_, places) => places.map(times.format), space: 84, size: 32, ...times.axis },
      { ...axis, values: (_, values) => values.map(measure.format), size: measure.width, incrs: [...measure.steps] },
    ],
    series: [
      { label: times.label, value: (_, time) => (time === null ? '–' : times.format(time)) },
      ...series(colourOf),
    ],
  };
}

function formatMinute(epochSeconds: number): string {
  return new Date(epochSeconds * 1_000).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

function formatDayAndMinute(epochSeconds: number): string {
  const options = { weekday: 'short', hour: '2-digit', minute: '2-digit' } as const;
  return new Date(epochSeconds * 1_000).toLocaleString(undefined, options);
}
