import type { UpsertOperation } from '@segment-userleap/mapping';
import { MAX_EVENTS_PER_UPSERT, MAX_UPSERT_BYTES } from '@segment-userleap/userleap-api';

// What the relay takes up of one user at a time (docs/delivery.md, "Lanes and turns").
const EVENTS_PER_TURN = 1_000;
const BYTES_PER_TURN = 4 * 1024 * 1024;

/** What waits for one user, and in how many requests it goes: in turns, and in each the fewest that its limits allow. */
export class UserLoad {
  /** Something creates it. */
  isIdentified = false;
  /** The places, in the whole history, of its first and last event. */
  first: number;
  last: number;
  /** Of calls. */
  calls = 0;
  /** Months in which something happened, the first of 1970 being bit 0. */
  months = 0n;
  #lastMonth = -1;
  #requests = 0;
  readonly #turn = { calls: 0, bytes: 0, requests: 0, events: 0, requestBytes: 0 };

  constructor(at: number) {
    this.first = at;
    this.last = at;
  }

  /** `bytes`: of the event as it is handed over. */
  take({ createsUser, events, attributes, at }: UpsertOperation, bytes: number, place: number): void {
    this.last = place;
    this.calls += 1;
    this.#noteMonth(at);
    const turn = this.#turn;
    if (turn.calls >= EVENTS_PER_TURN || turn.bytes + bytes > BYTES_PER_TURN) this.#closeTurn();
    turn.calls += 1;
    turn.bytes += bytes;
    turn.requests ||= 1;
    if (createsUser) this.isIdentified = true;
    // What creates the user goes in the first request of the turn, however much that is.
    if (createsUser || events.length === 0) return;
    const length =
      events.reduce((sum, { event }) => sum + event.length + EVENT_BYTES, 0) + attributes.size * PAIR_BYTES;
    const isFull = turn.events + events.length > MAX_EVENTS_PER_UPSERT || turn.requestBytes + length > MAX_UPSERT_BYTES;
    if (isFull && turn.events > 0) {
      turn.requests += 1;
      turn.events = 0;
      turn.requestBytes = 0;
    }
    turn.events += events.length;
    turn.requestBytes += length;
  }

  /** If all of it waits together. */
  get requests(): number {
    return this.#requests + this.#turn.requests;
  }

  #closeTurn(): void {
    this.#requests += this.#turn.requests;
    Object.assign(this.#turn, { calls: 0, bytes: 0, requests: 0, events: 0, requestBytes: 0 });
  }

  #noteMonth(at: number): void {
    const time = new Date(at);
    const month = (time.getUTCFullYear() - 1970) * 12 + time.getUTCMonth();
    if (month === this.#lastMonth) return;
    this.#lastMonth = month;
    this.months |= 1n << BigInt(month);
  }
}

// {"event":"","timestamp":1767261600123},
const EVENT_BYTES = 39;
// Of an attribute that comes with an event, about.
const PAIR_BYTES = 30;
