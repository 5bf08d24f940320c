import type { JSX } from 'preact';
import type { FlowMinute } from '../../api/admin-api';
import { formatRatio } from '../../format/format-number';
import { eventsPerRequest, totalOf } from './flow-totals';
import { LinePlot } from './line-plot';

/** How many events a request carried, minute by minute. */
export function RatioPlot({ minutes }: { readonly minutes: readonly FlowMinute[] }): JSX.Element {
  const text = { label: 'events per request', summary: summarize(minutes) };
  return <LinePlot minutes={minutes} {...text} valueOf={eventsPerRequest} format={formatRatio} />;
}

function summarize(minutes: readonly FlowMinute[]): string {
  const ratio = eventsPerRequest(totalOf(minutes));
  return ratio === null
    ? 'Events per request in the last hour: there was no request.'
    : `Events per request in the last hour, ${formatRatio(ratio)} on average.`;
}
