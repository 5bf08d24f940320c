import { percentile } from '../report/percentile';
import type { Row } from '../report/table';
import type { TraceEvent } from './trace';

/** What a sender of a trace needed: `arrivedAt` is of each event, in the trace's order, on its clock. */
export function rowOfSender(
  sender: string,
  trace: readonly TraceEvent[],
  arrivedAt: readonly number[],
  requests: number,
): Row {
  const waits = trace.map(({ at }, index) => ((arrivedAt[index] ?? NaN) - at) / 1000);
  return {
    sender,
    requests,
    'requests per event': requests / trace.length,
    'all delivered after min': arrivedAt.reduce((latest, time) => Math.max(latest, time), 0) / 60_000,
    'median wait s': percentile(waits, 0.5),
    'p99 wait s': percentile(waits, 0.99),
    'worst wait s': percentile(waits, 1),
  };
}
