import type { RateLimit } from './rate-limit';
import { CATCH_UP_SHARE, countsForMs } from './pace-requests';
import type { Pace, Plan } from './pace-requests';

/** What was sent of a budget lately, as a backfill sees it. Times are epoch milliseconds. */
export interface BackfillUse {
  /** Requests that still count. */
  readonly used: number;
  /** Those of them that a backfill made. */
  readonly backfilled: number;
  /** How many live requests count after a whole window of such as there were lately. */
  readonly liveSoon: number;
  readonly firstFreeAt: number;
  readonly nextAt: number;
  readonly blockedUntil: number;
}

/** Of a window: what was live in so much of it tells how much of the next one is. */
export const LATELY = 0.2;
// Of the limit: free whenever something live comes, and what a backfill gets of it at least.
const FREE_SHARE = 0.1;
const LEAST_SHARE = 0.1;

/** As many requests of a backfill as may go now, `most` of them. */
export function planBackfill(limit: RateLimit, use: BackfillUse, now: number, most: number): Plan {
  let seen = use;
  for (let count = 0; count < most; count += 1) {
    const pace = paceBackfill(limit, seen, now);
    if (!pace.isFree) return { count, nextAt: Math.round(pace.until) };
    seen = { ...seen, used: seen.used + 1, backfilled: seen.backfilled + 1, nextAt: pace.nextAt };
  }
  return { count: most, nextAt: Math.round(seen.nextAt) };
}

/** How many requests of the limit a backfill may have that nothing live is beside. */
export function mostBackfilled({ requests }: RateLimit): number {
  return requests - Math.floor(requests * FREE_SHARE);
}

/**
 * Whether a request of a backfill may go now. A place that it takes is missing for a whole window: so it leaves what live requests
 * need if they go on as they did lately, and a tenth beside. It goes evenly from the first
 * request on: what it took at once, live requests might lack later.
 */
export function paceBackfill(limit: RateLimit, use: BackfillUse, now: number): Pace {
  const most = mostBackfilled(limit);
  const own = Math.max(1, Math.floor(limit.requests * LEAST_SHARE), most - use.liveSoon);
  const gap = countsForMs(limit) / own;
  const notBefore = Math.max(Math.min(use.nextAt, Math.ceil(now + gap)), use.blockedUntil);
  if (use.used >= most) return { isFree: false, until: Math.max(use.firstFreeAt, notBefore, Math.ceil(now + 1)) };
  if (use.backfilled >= own) return { isFree: false, until: Math.max(Math.ceil(now + gap), notBefore) };
  return now < notBefore
    ? { isFree: false, until: notBefore }
    : { isFree: true, nextAt: Math.max(notBefore, now - limit.windowMs * CATCH_UP_SHARE) + gap };
}
