import type { Arrival } from '../crash/crash-arrivals';
import { spanOf } from './span-of';

/** Where a user's request reached UserLeap before the one before it was over; a sentence for each. In order of arrival. */
export function findOverlaps(arrivals: readonly Arrival[]): readonly string[] {
  const last = new Map<string, number>();
  return arrivals.flatMap(({ userId, request }) => {
    const { from, to } = spanOf(request);
    const before = last.get(userId);
    last.set(userId, to);
    return before !== undefined && from < before ? [`${userId} was in flight twice for ${before - from} ms`] : [];
  });
}
