import type { Arrival } from '../crash/crash-arrivals';
import { spanOf } from './span-of';

/** How long after `at` the next request of the user of each of these reached UserLeap, in milliseconds, shortest first. */
export function takeOverTimes(
  arrivals: readonly Arrival[],
  brokenOff: readonly Arrival[],
  at: number,
): readonly number[] {
  return brokenOff
    .map(({ userId }) => {
      const next = arrivals.find((one) => one.userId === userId && spanOf(one.request).from > at);
      return next ? spanOf(next.request).from - at : Infinity;
    })
    .sort((a, b) => a - b);
}
