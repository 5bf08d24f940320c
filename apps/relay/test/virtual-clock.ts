import type { Clock } from '../src/delivery/clock';

const MOST_TIMERS = 10_000;
const START = Date.UTC(2026, 0, 1);

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until the test moves it: from timer to timer, each with all that follows from it. */
export class VirtualClock implements Clock {
  #elapsed = 0;
  #setBy = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return START + this.#elapsed + this.#setBy;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  budgetNow(): number {
    return START + this.#elapsed;
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    const timer = { at: this.#elapsed + delayMs, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Nothing is read here. */
  allRead(): Promise<void> {
    return Promise.resolve();
  }

  /** Runs timers, in order of time, until the condition holds. Rejects where it never does. */
  async until(condition: () => boolean | Promise<boolean>): Promise<void> {
    for (let fired = 0; fired < MOST_TIMERS; fired++) {
      await everythingReady();
      if (await condition()) return;
      if (!this.#fireNext(Infinity)) throw new Error('nothing is left that could make the condition hold');
    }
    throw new Error(`the condition did not hold after ${MOST_TIMERS} timers`);
  }

  /** Moves on by so many milliseconds, and runs every timer on the way. */
  async advance(byMs: number): Promise<void> {
    const end = this.#elapsed + byMs;
    do await everythingReady();
    while (this.#fireNext(end));
    this.#elapsed = end;
  }

  /** Moves on by so many milliseconds and runs nothing, as where the process is stopped for so long. */
  skip(byMs: number): void {
    this.#elapsed += byMs;
  }

  /** Sets the machine's clock ahead, or back: no time has passed. */
  set(byMs: number): void {
    this.#setBy += byMs;
  }

  #fireNext(end: number): boolean {
    const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
    if (!next || next.at > end) return false;
    this.#timers.delete(next);
    this.#elapsed = Math.max(this.#elapsed, next.at);
    next.callback();
    return true;
  }
}

/** Nothing here waits for anything but promises: their turn is over before this one resolves. */
function everythingReady(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
