import { Lane } from './lane';

/** What is known of a user of the history: a few numbers. */
export class HistoryUser {
  readonly lane = new Lane();
  /** Something in the history creates it. */
  isIdentified = false;
  calls = 0;
  /** Months in which something happened, the first of 1970 being bit 0. */
  months = 0n;
  #lastMonth = -1;

  /** `at`: epoch milliseconds. */
  note(at: number): void {
    this.calls += 1;
    const time = new Date(at);
    const month = (time.getUTCFullYear() - 1970) * 12 + time.getUTCMonth();
    if (month === this.#lastMonth) return;
    this.#lastMonth = month;
    this.months |= 1n << BigInt(month);
  }
}
