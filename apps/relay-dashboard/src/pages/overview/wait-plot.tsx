import type { JSX } from 'preact';
import type { FlowMinute } from '../../api/admin-api';
import { formatDuration } from '../../format/format-duration';
import type { Measure } from '../../parts/plot';
import { LinePlot } from './line-plot';
import { mostOf } from './most-of';
import type { PlotProps } from './plot-props';

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

const waitOf = ({ longestWaitSeconds }: FlowMinute): number | null => longestWaitSeconds;

/** How long the event had waited that waited longest, minute by minute. */
export function WaitPlot({ minutes, span }: PlotProps): JSX.Element {
  const most = mostOf(minutes.map(waitOf));
  const summary = `Longest wait in ${span.text}${most === null ? ': not known yet.' : `, ${SECONDS.format(most)} at most.`}`;
  const text = { label: 'longest wait', summary };
  return (
    <LinePlot minutes={minutes} span={span} {...text} measure={SECONDS} valueOf={waitOf} format={SECONDS.format} />
  );
}
