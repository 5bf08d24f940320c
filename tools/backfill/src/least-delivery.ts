import type { RateLimit } from '@segment-userleap/delivery';
import { countsForMs, mostBackfilled } from '@segment-userleap/delivery';
import { MAX_EVENTS_PER_UPSERT } from '@segment-userleap/userleap-api';

/**
 * About how long UserLeap takes for so much, at best: a request for each user, or more where they have many events each. `--dry-run`
 * knows more.
 */
export function leastDeliveryMs(counts: { readonly events: number; readonly users: number }, limit: RateLimit): number {
  const requests = Math.max(counts.users, counts.events / MAX_EVENTS_PER_UPSERT);
  return Math.round((requests * countsForMs(limit)) / mostBackfilled(limit));
}
