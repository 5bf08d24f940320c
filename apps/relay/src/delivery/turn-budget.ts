import type { Budget } from '../config/rate-limit';
import type { OutboxPort } from '../outbox/port/outbox.port';
import type { TakenPlace, Turn } from '../outbox/port/turn';
import { pause } from './clock';
import type { Clock } from './clock';

// Longer than this the rest of a turn gives its lane back, so that nothing waits in memory alone.
const PATIENCE_MS = 30_000;
// How long it takes to notice that the turn is over.
const LONGEST_PAUSE_MS = 1_000;

type UsablePlace = Pick<Turn, 'id' | 'usableUntil'>;

/** The places in the rate budget that the requests of one turn take: the first came with the turn, more are asked for. */
export class TurnBudget {
  readonly #taken: { readonly id: number; endedAt: number | null }[] = [];
  #first: UsablePlace | undefined;

  constructor(
    private readonly turn: Pick<Turn, 'id' | 'usableUntil' | 'isBackfilled'>,
    private readonly budget: Budget,
    private readonly outbox: Pick<OutboxPort, 'reserve'>,
    private readonly clock: Clock,
  ) {
    this.#first = turn;
  }

  /** Resolves when a request may go, with its place; undefined where that has taken too long or `isOver` says so. */
  async take(isOver: () => boolean): Promise<number | undefined> {
    if (isOver()) return undefined;
    const place = this.#first ?? (await this.#reserve(isOver));
    this.#first = undefined;
    if (!place) return undefined;
    this.#taken.push({ id: place.id, endedAt: null });
    return this.clock.budgetNow() <= place.usableUntil ? place.id : undefined;
  }

  /** The answer to the request in this place has come. */
  end(id: number): void {
    const place = this.#taken.find((one) => one.id === id);
    if (place) place.endedAt = this.clock.budgetNow();
  }

  /** Every place that was taken, the first one though nothing needed sending. */
  list(): readonly TakenPlace[] {
    return this.#first === undefined ? this.#taken : [...this.#taken, { id: this.#first.id, endedAt: null }];
  }

  async #reserve(isOver: () => boolean): Promise<UsablePlace | undefined> {
    const end = this.clock.budgetNow() + PATIENCE_MS;
    while (!isOver()) {
      // A place that could not be written down might be taken a second time.
      const { id, isBackfilled } = this.turn;
      const reserved = await this.outbox
        .reserve({ id, isBackfilled }, this.budget, this.clock.budgetNow())
        .catch(() => undefined);
      if (reserved?.kind === 'places') {
        const [place] = reserved.ids;
        return place === undefined ? undefined : { id: place, usableUntil: reserved.usableUntil };
      }
      if (!reserved || reserved.until > end) return undefined;
      await pause(this.clock, Math.min(LONGEST_PAUSE_MS, Math.max(1, reserved.until - this.clock.budgetNow())));
    }
    return undefined;
  }
}
