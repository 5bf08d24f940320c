import { countsForMs, planBackfill } from '@segment-userleap/delivery';
import type { Plan, RateLimit } from '@segment-userleap/delivery';

/** UserLeap's limit, as the relay uses it for a backfill while nothing else is sent. */
export class PlayedBudget {
  /** When each place is free again, in order; those before `#first` are. */
  #freeAt: number[] = [];
  #first = 0;
  // Nothing was sent for long.
  #nextAt = -Infinity;

  constructor(private readonly limit: RateLimit) {}

  /** Whether a request may go now, and if not, when. */
  plan(now: number): Plan {
    while ((this.#freeAt[this.#first] ?? Infinity) <= now) this.#first += 1;
    const used = this.#freeAt.length - this.#first;
    const firstFreeAt = this.#freeAt[this.#first] ?? now;
    const use = { used, backfilled: used, liveSoon: 0, firstFreeAt, nextAt: this.#nextAt, blockedUntil: -Infinity };
    return planBackfill(this.limit, use, now, 1);
  }

  /** A request goes that is answered then. */
  take({ nextAt }: Plan, answeredAt: number): void {
    this.#nextAt = nextAt;
    this.#freeAt.push(answeredAt + countsForMs(this.limit));
    if (this.#first < this.limit.requests) return;
    this.#freeAt = this.#freeAt.slice(this.#first);
    this.#first = 0;
  }
}
