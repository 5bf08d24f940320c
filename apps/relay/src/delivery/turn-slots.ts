import type { Budget } from '../config/rate-limit';
import type { OutboxPort } from '../outbox/port/outbox.port';
import type { Turn } from '../outbox/port/turn';
import { pause } from './clock';
import type { Clock } from './clock';

// Longer than this the rest of a turn gives its lane back, so that nothing waits in memory alone.
const PATIENCE_MS = 30_000;
// How long it takes to notice that the turn is over.
const LONGEST_PAUSE_MS = 1_000;

type Place = Pick<Turn, 'slot' | 'usableUntil'>;

/** The places in the budget that the requests of one turn take: the first came with the turn, more are asked for. */
export class TurnSlots {
  readonly #slots: { readonly id: number; endedAt: number | null }[] = [];
  #first: Place | undefined;

  constructor(
    private readonly turn: Turn,
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
    this.#slots.push({ id: place.slot, endedAt: null });
    return this.clock.now() <= place.usableUntil ? place.slot : undefined;
  }

  end(id: number): void {
    const slot = this.#slots.find((one) => one.id === id);
    if (slot) slot.endedAt = this.clock.now();
  }

  /** Every place that was taken, the first one though nothing needed sending. */
  list(): readonly { readonly id: number; readonly endedAt: number | null }[] {
    return this.#first === undefined ? this.#slots : [...this.#slots, { id: this.#first.slot, endedAt: null }];
  }

  async #reserve(isOver: () => boolean): Promise<Place | undefined> {
    const end = this.clock.now() + PATIENCE_MS;
    while (!isOver()) {
      // A place that could not be written down might be taken a second time.
      const reserved = await this.outbox.reserve(this.turn, this.budget, this.clock.now()).catch(() => undefined);
      if (reserved?.kind === 'slot') return reserved;
      if (!reserved || reserved.until > end) return undefined;
      await pause(this.clock, Math.min(LONGEST_PAUSE_MS, Math.max(1, reserved.until - this.clock.now())));
    }
    return undefined;
  }
}
