/** Time as the engine sees it: everything in it that waits, waits here. */
export interface Clock {
  /** Epoch milliseconds, for ages and for what people read. It may be set back or ahead at any time. */
  now(): number;
  /** Milliseconds that go on evenly, whoever sets a clock: for whatever is measured in this process. They begin anywhere. */
  elapsed(): number;
  /**
   * Epoch milliseconds for the rate budget, which no step of the machine's clock moves. Processes that share a store agree on
   * them.
   */
  budgetNow(): number;
  /** Calls back once after so many milliseconds; returns what cancels it. */
  setTimer(callback: () => void, delayMs: number): () => void;
  /** Resolves when all has been read that has come by now: what comes together is to be dealt with together. */
  allRead(): Promise<void>;
}

export const CLOCK = Symbol('Clock');

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  // One process alone has the store: the time at which it began, and what has passed since.
  budgetNow: () => Math.round(performance.timeOrigin + performance.now()),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  allRead: () => new Promise((resolve) => setImmediate(resolve)),
};

export function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.setTimer(resolve, delayMs));
}
