import type { RateLimit } from './rate-limit';

/** What was sent of a budget lately. Times are epoch milliseconds. */
export interface BudgetUse {
  /** Requests that still count, those under way included. */
  readonly used: number;
  /** How many of these count against what may go at once; all of them where it is not given. */
  readonly usedAtOnce?: number;
  /** When the first of them counts no more. */
  readonly firstFreeAt: number;
  /** When the next request was planned; 0 where none was. */
  readonly nextAt: number;
  /** UserLeap asked for no request before this time. */
  readonly blockedUntil: number;
}

export type Pace =
  /** A request may go now; the one after it from `nextAt` on. */
  { readonly isFree: true; readonly nextAt: number } | { readonly isFree: false; readonly until: number };

// Of the window, for clocks that do not run quite alike and servers that count in whole seconds.
const MARGIN = 0.003;
const BURST_SHARE = 0.5;
// Of the window: a request that went late does not make those after it late, up to here.
export const CATCH_UP_SHARE = 0.02;

/** How many requests may go now, and when the one after them may: a whole millisecond, as stores keep it. */
export interface Plan {
  readonly count: number;
  readonly nextAt: number;
}

/** As many requests as may go now, `most` of them. Rounded up, each would cost a large plan half of a millisecond's requests. */
export function planRequests(limit: RateLimit, use: BudgetUse, now: number, most: number): Plan {
  let seen = use;
  for (let count = 0; count < most; count += 1) {
    const pace = paceRequests(limit, seen, now);
    if (!pace.isFree) return { count, nextAt: Math.round(pace.until) };
    // Where none counted before, this one is the first.
    const firstFreeAt = seen.used === 0 ? Infinity : seen.firstFreeAt;
    const usedAtOnce = (seen.usedAtOnce ?? seen.used) + 1;
    seen = { ...seen, used: seen.used + 1, usedAtOnce, firstFreeAt, nextAt: pace.nextAt };
  }
  return { count: most, nextAt: Math.round(seen.nextAt) };
}

/** How long a request counts after its answer came: the server counted it at some time before that. */
export function countsForMs({ windowMs }: RateLimit): number {
  return Math.ceil(windowMs * (1 + MARGIN));
}

/**
 * Whether a request may go now. Never lets more count at once than the limit says, whatever the server's window is
 * aligned to. Light traffic goes at once; past half of the budget requests are spread, so that under load they
 * go out evenly and always soon, rather than in bursts with a window of silence between them.
 *
 * For example: of 1,000 requests in 300 s, 600 are used, and the first of these is free again in 200 s. The 400 that are left
 * have to last until then: the one after this may go in 200 s ÷ 400 = 500 ms. Were the first free again in 80 s, it would not be
 * 200 ms but the even share, 300.9 s ÷ 1,000 = 301 ms.
 */
export function paceRequests(limit: RateLimit, use: BudgetUse, now: number): Pace {
  const { used, usedAtOnce = used, firstFreeAt, blockedUntil } = use;
  // What is under way is kept as if it took 20 s more (request-budget.ts). It is answered sooner, as a rule: then it is free
  // again a window from now.
  const untilMore = Math.min(firstFreeAt - now, countsForMs(limit));
  const isBurst = usedAtOnce + 1 < limit.requests * BURST_SHARE && used < limit.requests;
  const evenShare = countsForMs(limit) / limit.requests;
  const gap = isBurst ? 0 : Math.max(evenShare, untilMore / Math.max(1, limit.requests - used));
  // What was planned for later than it would be now was planned by a clock that was ahead, or for fewer places than there are.
  const notBefore = Math.max(Math.min(use.nextAt, Math.ceil(now + gap)), blockedUntil);
  if (used >= limit.requests) return { isFree: false, until: Math.max(now + untilMore, notBefore) };
  if (now < notBefore) return { isFree: false, until: notBefore };
  if (isBurst) return { isFree: true, nextAt: now };
  return { isFree: true, nextAt: Math.max(notBefore, now - limit.windowMs * CATCH_UP_SHARE) + gap };
}
