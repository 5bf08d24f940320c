import type { RateLimit } from './rate-limit';

/**
 * When each event leaves if every event is a request of its own, the oldest first, as soon as the limit allows it; and
 * a request takes no time. No sender of single events does better.
 */
export function simulateFifo(arrivals: readonly number[], { requests, windowMs }: RateLimit): readonly number[] {
  const sentAt: number[] = [];
  for (const [index, arrival] of arrivals.entries()) {
    sentAt.push(Math.max(arrival, (sentAt[index - requests] ?? -Infinity) + windowMs));
  }
  return sentAt;
}
