interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is told to go on to its next timer. Epoch milliseconds. */
export class VirtualClock {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(start: number) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;
  /** Nobody sets it: it tells all times alike. */
  readonly elapsed = this.now;
  readonly budgetNow = this.now;

  /** Returns what cancels it. */
  readonly setTimer = (callback: () => void, delayMs: number): (() => void) => {
    const timer = { at: this.#now + Math.max(0, delayMs), callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  /** Nothing is read here. */
  readonly allRead = (): Promise<void> => Promise.resolve();

  /** Resolves when so much virtual time has passed. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.setTimer(resolve, delayMs));
  }

  /** Goes on to the earliest timer and fires it; of several at once the one that was set first. False: there is none. */
  fireNext(): boolean {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (next === undefined || timer.at < next.at) next = timer;
    if (next === undefined) return false;
    this.#timers.delete(next);
    this.#now = next.at;
    next.callback();
    return true;
  }
}
