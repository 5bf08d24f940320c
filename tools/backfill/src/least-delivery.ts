import { MAX_EVENTS_PER_UPSERT } from '@segment-userleap/userleap-api';
import type { RateLimit } from './rate-limit';

/**
 * About how long UserLeap takes for so much, at best: a request for each user, or more where they have many events each. `--dry-run`
 * knows more.
 */
export function leastDeliveryMs(counts: { readonly events: number; readonly users: number }, limit: RateLimit): number {
  return drainMs(Math.max(counts.users, counts.events / MAX_EVENTS_PER_UPSERT), limit);
}

// As the relay paces requests (docs/delivery.md, "Budget"): half of the budget at once, the other half over the first window, and then evenly; a
// little less than the limit allows.
const BURST_SHARE = 0.5;
const MARGIN = 0.003;

/** How long the relay takes for so many requests, if it sends nothing else. */
export function drainMs(requests: number, { requests: limit, windowMs }: RateLimit): number {
  const evenShareMs = (windowMs * (1 + MARGIN)) / limit;
  if (requests > limit) return Math.round(requests * evenShareMs);
  return Math.round((Math.max(0, requests - limit * BURST_SHARE) * evenShareMs) / (1 - BURST_SHARE));
}
