import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { Minute } from '../../api/records';
import { formatDuration } from '../../format/format-duration';
import { Plot } from '../../parts/plot';
import type { Measure } from '../../parts/plot';
import { timesOf } from './flow-plot';
import { mostOf } from './most-of';

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];
const SECONDS: Measure = {
  format: (seconds) => formatDuration(seconds * 1_000),
  width: 84,
  steps: [
    ...[1, 2, 5, 10, 15, 30],
    ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
    ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
    ...[1, 2, 5, 10, 20, 50, 100].map((days) => days * DAY),
  ],
};

/** How long the event had waited that waited longest, minute by minute. */
export function WaitPlot({ minutes }: { readonly minutes: readonly Minute[] }): JSX.Element {
  const data = useMemo<uPlot.AlignedData>(
    () => [timesOf(minutes), minutes.map(({ longestWaitSeconds }) => longestWaitSeconds)],
    [minutes],
  );
  const series = (colourOf: (property: string) => string): readonly uPlot.Series[] => [
    {
      label: 'longest wait',
      stroke: colourOf('--accent'),
      width: 2,
      points: { size: 5, fill: colourOf('--accent') },
      value: (_, value) => ((value as number | null) === null ? '–' : SECONDS.format(value)),
    },
  ];
  const most = mostOf(minutes.map(({ longestWaitSeconds }) => longestWaitSeconds));
  const summary = `Longest wait in the last hour${most === null ? ': not known yet.' : `, ${SECONDS.format(most)} at most.`}`;
  return <Plot summary={summary} data={data} measure={SECONDS} series={series} />;
}
