import { MAX_EVENTS_PER_UPSERT } from '@segment-userleap/userleap-api';
import type { RateLimit } from './rate-limit';

/**
 * About how long UserLeap takes for so much, at best: a request for each user, or more where they have many events each. `--dry-run`
 * knows more.
 */
export function leastDeliveryMs(counts: { readonly events: number; readonly users: number }, limit: RateLimit): number {
  return drainMs(Math.max(counts.users, counts.events / MAX_EVENTS_PER_UPSERT), limit);
}

// As the relay paces a backfill (docs/delivery.md, "Budget", "Backfills"): a tenth of the limit stays free for what is live. Of the rest half goes at
// once, the other half over the first window, and then all of it evenly; a little less than the limit allows.
const LIVE_SHARE = 0.1;
const BURST_SHARE = 0.5;
const MARGIN = 0.003;

/** What the relay lets a backfill have of UserLeap's limit. */
export function backfillLimit({ requests, windowMs }: RateLimit): RateLimit {
  return { requests: requests - Math.floor(requests * LIVE_SHARE), windowMs };
}

/** How long the relay takes for so many requests of a backfill, if nothing else is sent. */
export function drainMs(requests: number, userLeapLimit: RateLimit): number {
  const limit = backfillLimit(userLeapLimit);
  const evenShareMs = (limit.windowMs * (1 + MARGIN)) / limit.requests;
  if (requests > limit.requests) return Math.round(requests * evenShareMs);
  const spread = Math.max(0, requests - limit.requests * BURST_SHARE);
  return Math.round((spread * evenShareMs) / (1 - BURST_SHARE));
}
