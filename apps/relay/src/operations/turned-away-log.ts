import { Injectable, Logger } from '@nestjs/common';
import type { RelayObserver, TurnedAway } from '../observer/relay-observer';

const SUM_EVERY_MS = 60_000;

/** Calls that are answered 503 come in thousands: the log has the first one, and then how many there were in a minute. */
@Injectable()
export class TurnedAwayLog implements Partial<RelayObserver> {
  private readonly logger = new Logger('http');
  readonly #since = new Map<TurnedAway, number>();

  turnedAway(why: TurnedAway): void {
    const before = this.#since.get(why);
    if (before !== undefined) {
      this.#since.set(why, before + 1);
      return;
    }
    this.logger.warn(`senders are told to come back later (${why})`);
    this.#sumUp(why);
  }

  /** Goes on until a minute had none. */
  #sumUp(why: TurnedAway): void {
    this.#since.set(why, 0);
    setTimeout(() => {
      const count = this.#since.get(why) ?? 0;
      this.#since.delete(why);
      if (count === 0) return;
      this.logger.warn(`${count} more calls were told to come back later in the last minute (${why})`);
      this.#sumUp(why);
    }, SUM_EVERY_MS).unref();
  }
}
