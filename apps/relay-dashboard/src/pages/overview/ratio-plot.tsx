import type { JSX } from 'preact';
import type { FlowMinute } from '../../api/admin-api';
import { formatRatio } from '../../format/format-number';
import { eventsPerRequest, totalOf } from './flow-totals';
import { LinePlot } from './line-plot';
import type { PlotProps } from './plot-props';
import type { Span } from './span';

/** How many events a request carried, minute by minute. */
export function RatioPlot({ minutes, span }: PlotProps): JSX.Element {
  const text = { label: 'events per request', summary: summarize(minutes, span) };
  return <LinePlot minutes={minutes} span={span} {...text} valueOf={eventsPerRequest} format={formatRatio} />;
}

function summarize(minutes: readonly FlowMinute[], { text }: Span): string {
  const ratio = eventsPerRequest(totalOf(minutes));
  return ratio === null
    ? `Events per request in ${text}: there was no request.`
    : `Events per request in ${text}, ${formatRatio(ratio)} on average.`;
}
