import type { UserLeapReply } from '@segment-userleap/userleap-api';
import type { RateLimit } from './rate-limit';

const FEWEST = 8;
const MOST = 256;
// Of what the plan needs: answers take longer and shorter, and there is something to be done between two requests.
const HEADROOM = 1.5;
const BETWEEN_REQUESTS_MS = 50;
// What is live need not wait for answers to a backfill.
const LIVE_SHARE = 0.25;
// Of the usual time, by each answer that took longer: UserLeap that slows down gets fewer requests at first.
const SHARE_OF_A_SLOW_ANSWER = 1 / 64;
const SHARE_OF_A_QUICK_ANSWER = 1 / 8;

/**
 * How many requests of a destination one process has in flight at most: as many as it takes to use the plan, which follows
 * from its rate and from how long UserLeap usually takes to answer. Where UserLeap fails there are half as many, for each time
 * that it takes to answer, down to one; each answer then lets one more go.
 */
export class InFlightLimit {
  readonly #ratePerMs: number;
  #usualMs: number | undefined;
  #share = MOST;
  #failedAt = -Infinity;

  constructor({ requests, windowMs }: RateLimit) {
    this.#ratePerMs = requests / windowMs;
  }

  get requests(): number {
    return Math.max(1, Math.min(this.#wanted, this.#share));
  }

  /** So many of them are for what is live alone. */
  get live(): number {
    return Math.floor(this.requests * LIVE_SHARE);
  }

  /** A request was answered, or has failed, after so many milliseconds; `now` is of a clock that nobody sets. */
  note(reply: UserLeapReply, milliseconds: number, now: number): void {
    if ('failure' in reply || reply.status >= 500) {
      // Those that were under way together fail together: that is one failure.
      if (now - this.#failedAt < Math.max(milliseconds, this.#usualMs ?? 0)) return;
      this.#failedAt = now;
      this.#share = Math.max(1, Math.floor(Math.min(this.#share, this.#wanted) / 2));
      return;
    }
    this.#share = Math.min(MOST, this.#share + 1);
    const usual = this.#usualMs ?? milliseconds;
    const share = milliseconds > usual ? SHARE_OF_A_SLOW_ANSWER : SHARE_OF_A_QUICK_ANSWER;
    this.#usualMs = usual + (milliseconds - usual) * share;
  }

  /** Before the first answer it is not known: as few as there have to be. */
  get #wanted(): number {
    const needed = this.#usualMs === undefined ? 0 : this.#ratePerMs * (this.#usualMs + BETWEEN_REQUESTS_MS) * HEADROOM;
    return Math.min(MOST, Math.max(FEWEST, Math.ceil(needed)));
  }
}
