import type { JSX } from 'preact';
import type { FlowMinute } from '../../api/admin-api';
import { formatNumber } from '../../format/format-number';
import { LinePlot } from './line-plot';
import { mostOf } from './most-of';
import type { PlotProps } from './plot-props';

const waitingOf = ({ waiting }: FlowMinute): number | null => waiting;

/** How many events waited, minute by minute. */
export function WaitingPlot({ minutes, span }: PlotProps): JSX.Element {
  const most = mostOf(minutes.map(waitingOf));
  const summary = `Events waiting in ${span.text}${most === null ? ': not known yet.' : `, ${formatNumber(most)} at most.`}`;
  const text = { label: 'events waiting', summary };
  return <LinePlot minutes={minutes} span={span} {...text} valueOf={waitingOf} format={formatNumber} />;
}
