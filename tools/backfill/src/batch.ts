import type { Position } from './position';
import { NOTHING, sumOf } from './tally';
import type { Tally } from './tally';

// The relay takes 2,500 events and 4 MB. Larger calls than these are no faster, and take more memory on both sides.
const MOST_EVENTS = 1_000;
const MOST_CHARACTERS = 384 * 1024;

/** An event on its way. */
export interface BatchEvent {
  readonly position: Position;
  readonly strand: number;
  readonly text: string;
  /** It was sent by a program that said when, by its own clock. */
  readonly hasSentAt: boolean;
}

/** Events that go in one call, and the count of what stood among them. */
export class Batch {
  readonly events: BatchEvent[] = [];
  #characters = 0;
  #tally: Tally = NOTHING;

  get tally(): Tally {
    return this.#tally;
  }

  get isFull(): boolean {
    return this.events.length >= MOST_EVENTS || this.#characters >= MOST_CHARACTERS;
  }

  add(event: BatchEvent): void {
    this.events.push(event);
    this.#characters += event.text.length + 1;
  }

  count(tally: Partial<Tally>): void {
    this.#tally = sumOf([this.#tally, { ...NOTHING, ...tally }]);
  }
}

// So long ago that the relay takes the clock for dead, and corrects nothing by it.
const LONG_AGO = ',"sentAt":"1970-01-01T00:00:00.000Z"';

/**
 * The body of a call. Each event has its own text, so that no digit of it is lost. Where events say when they were sent, the batch says so, too: else
 * the relay would take yesterday's archive for that of a clock which is a day slow, and move its times.
 */
export function bodyOf(events: readonly BatchEvent[]): string {
  const sentAt = events.some(({ hasSentAt }) => hasSentAt) ? LONG_AGO : '';
  return `{"batch":[${events.map(({ text }) => text).join(',')}]${sentAt}}`;
}
