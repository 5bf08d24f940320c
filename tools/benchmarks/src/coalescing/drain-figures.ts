import type { DeliveryLog } from './delivery-log';
import type { RateLimit } from './rate-limit';
import type { TraceEvent } from './trace';

export interface DrainFigures {
  readonly usersPending: number;
  readonly requestsPerUserAtMost: number;
  /** Requests for one user beyond one for each request's fill of its events. */
  readonly excessAtMost: number;
  readonly seconds: number;
  /** The time that one request for each pending user takes at the limit's rate. */
  readonly evenSeconds: number;
}

/** What happens from the trace's end on, when nothing new comes; a request holds `perRequest` events at most. */
export function drainFigures(
  trace: readonly TraceEvent[],
  log: DeliveryLog,
  endMs: number,
  { requests, windowMs }: RateLimit,
  perRequest: number,
): DrainFigures {
  const pending = countByUser(trace.filter((_, index) => (log.arrivedAt[index] ?? NaN) > endMs));
  const sent = countByUser(log.requests.filter(({ at }) => at > endMs));
  const excess = [...sent].map(([user, count]) => count - Math.ceil((pending.get(user) ?? 0) / perRequest));
  return {
    usersPending: pending.size,
    requestsPerUserAtMost: Math.max(0, ...sent.values()),
    excessAtMost: Math.max(0, ...excess),
    seconds: ((log.requests.at(-1)?.at ?? NaN) - endMs) / 1000,
    evenSeconds: ((pending.size / requests) * windowMs) / 1000,
  };
}

function countByUser(items: readonly { readonly user: number }[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { user } of items) counts.set(user, (counts.get(user) ?? 0) + 1);
  return counts;
}
