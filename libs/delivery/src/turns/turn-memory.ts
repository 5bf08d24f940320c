import { BYTES_PER_TURN } from './turn-limits';

const MOST_BYTES = 4 * BYTES_PER_TURN;
// Of all that is free: another destination may want some.
const LARGEST_LEASE_BYTES = 2 * BYTES_PER_TURN;

/** The place of turns in memory. */
export interface TurnRoom {
  /** How much there is. */
  readonly bytes: number;
  /** So much is needed, now that this is known: the rest is free. */
  narrow(bytes: number): void;
  /** So much of it is needed no more. */
  free(bytes: number): void;
}

/** The memory for the events of turns in flight, of all destinations together. */
export class TurnMemory {
  #taken = 0;
  readonly #waiting = new Set<() => void>();

  /**
   * Room for one turn of any size, or more; undefined where there is none: `onRoom` is called then as soon as there may be. A
   * destination that has nothing in flight always gets it: it must not wait for another, whose UserLeap may not answer.
   */
  take(isFirst: boolean, onRoom: () => void): TurnRoom | undefined {
    const left = MOST_BYTES - this.#taken;
    if (!isFirst && left < BYTES_PER_TURN) {
      this.#waiting.add(onRoom);
      return undefined;
    }
    const bytes = Math.min(LARGEST_LEASE_BYTES, Math.max(BYTES_PER_TURN, left));
    this.#taken += bytes;
    return {
      bytes,
      narrow: (needed) => this.#free(bytes - needed),
      free: (some) => this.#free(some),
    };
  }

  #free(bytes: number): void {
    this.#taken -= bytes;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const tell of waiting) tell();
  }
}
