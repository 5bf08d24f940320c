// What a turn may hold: outbox/turns/load-events.ts.
const LARGEST_TURN_BYTES = 4 * 1024 * 1024;
const MOST_BYTES = 4 * LARGEST_TURN_BYTES;

/** The place of one turn in memory. */
export interface TurnRoom {
  /** How much the turn takes, now that this is known. */
  narrow(bytes: number): void;
  free(): void;
}

/** The memory for the events of turns in flight, of all destinations together. */
export class TurnMemory {
  #taken = 0;
  readonly #waiting = new Set<() => void>();

  /**
   * Room for a turn of any size; undefined where there is none: `onRoom` is called then as soon as there may be. A destination
   * that has nothing in flight always gets it: it must not wait for another, whose UserLeap may not answer.
   */
  take(isFirst: boolean, onRoom: () => void): TurnRoom | undefined {
    if (!isFirst && this.#taken + LARGEST_TURN_BYTES > MOST_BYTES) {
      this.#waiting.add(onRoom);
      return undefined;
    }
    let own = 0;
    const set = (bytes: number): void => {
      this.#taken += bytes - own;
      own = bytes;
    };
    set(LARGEST_TURN_BYTES);
    const setAndTell = (bytes: number): void => {
      set(bytes);
      const waiting = [...this.#waiting];
      this.#waiting.clear();
      for (const tell of waiting) tell();
    };
    return { narrow: setAndTell, free: () => setAndTell(0) };
  }
}
