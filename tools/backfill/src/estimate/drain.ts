import { drainMs } from '../least-delivery';
import type { RateLimit } from '../rate-limit';

/** What is known of a user's part of the history. */
export interface Load {
  readonly first: number;
  readonly last: number;
  readonly calls: number;
  readonly requests: number;
}

/** How what is handed over goes out. */
export interface Drained {
  readonly requests: number;
  /** Of users whom nothing in the history creates. */
  readonly lookUps: number;
  /** From the beginning of the hand-over until all is delivered that can be. */
  readonly ms: number;
}

interface DrainOptions {
  readonly limit: RateLimit;
  /** How fast it is handed over. */
  readonly eventsPerSecond: number;
  /** How many places the history has. */
  readonly places: number;
  /** How many users nothing in the history creates. */
  readonly strangers: number;
  /** Requests beside those for the loads: Deletes, Aliases. */
  readonly others: number;
}

// How long UserLeap takes to answer, as a rule; and how many requests of a backfill the relay has under way for that.
const ANSWER_MS = 100;
const LEAST_IN_FLIGHT = 6;
const IN_FLIGHT_SHARE = 1.5 * 0.75;
// While something can be delivered, every tenth turn is a look-up (docs/delivery.md, "Unknown users").
const LOOK_UP_SHARE = 1 / 9;
const LOOKED_UP_AFTER_MS = [0, 10_000, 70_000, 370_000, 3_970_000, 25_570_000, 111_970_000, 198_370_000];

/**
 * Plays how the relay sends: the user whose oldest waiting event is oldest goes first, with all that waits for it by then. What is
 * sent while the hand-over goes on takes only a part of its user's events along, and the rest needs a request more.
 */
export function drain(loads: readonly Load[], options: DrainOptions): Drained {
  const { limit, eventsPerSecond, places, strangers, others } = options;
  const handOverMs = (places / eventsPerSecond) * 1000;
  const placeAt = (ms: number): number => (ms / 1000) * eventsPerSecond;
  const timeOf = (place: number): number => (place / eventsPerSecond) * 1000;
  const queue = new OldestFirst();
  for (const load of loads) queue.push({ load, oldest: load.first, sent: 0 });
  let requests = others;
  let sentAt = 0;
  const gapMs = ANSWER_MS / inFlightAt(limit);
  let next = queue.pop();
  // Until the hand-over ends; what waits then goes as a whole.
  for (; next; next = queue.pop()) {
    const at = Math.max(timeOf(next.oldest), drainMs(requests + 1, limit), sentAt + gapMs);
    if (at >= handOverMs) break;
    requests += 1;
    sentAt = at;
    const { load } = next;
    const position = placeAt(at);
    if (position >= load.last) {
      // All of it was there: of many events only a part went with one request.
      requests += Math.max(0, Math.ceil(load.requests * (1 - next.sent)) - 1);
      continue;
    }
    const spacing = (load.last - load.first) / Math.max(1, load.calls - 1);
    const oldest = load.first + (Math.floor((position - load.first) / spacing) + 1) * spacing;
    queue.push({ load, oldest, sent: (oldest - load.first) / (load.last - load.first + spacing) });
  }
  for (; next; next = queue.pop()) requests += Math.max(1, Math.ceil(next.load.requests * (1 - next.sent)));
  const lookUps = countLookUps(strangers, requests, limit);
  return { requests, lookUps, ms: Math.max(handOverMs, drainMs(requests + lookUps, limit)) };
}

function inFlightAt({ requests, windowMs }: RateLimit): number {
  return Math.max(LEAST_IN_FLIGHT, (requests / windowMs) * ANSWER_MS * IN_FLIGHT_SHARE);
}

/** As many as go while there is something to deliver; what comes after that does not count. */
function countLookUps(strangers: number, requests: number, limit: RateLimit): number {
  const share = Math.floor(requests * LOOK_UP_SHARE);
  const ms = drainMs(requests + share, limit);
  const each = LOOKED_UP_AFTER_MS.filter((after) => after <= ms).length;
  return Math.min(strangers * each, share);
}

interface Waiting {
  readonly load: Load;
  readonly oldest: number;
  /** The share of it that went already. */
  readonly sent: number;
}

/** A heap. */
class OldestFirst {
  readonly #heap: Waiting[] = [];

  push(item: Waiting): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(item);
    for (let parent = (at - 1) >> 1; at > 0 && this.#isBefore(at, parent); parent = (at - 1) >> 1) {
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): Waiting | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      let least = at;
      if (left < heap.length && this.#isBefore(left, least)) least = left;
      if (left + 1 < heap.length && this.#isBefore(left + 1, least)) least = left + 1;
      if (least === at) return first;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    return (this.#heap[one]?.oldest ?? 0) < (this.#heap[other]?.oldest ?? 0);
  }

  #swap(one: number, other: number): void {
    const heap = this.#heap;
    const [first, second] = [heap[one], heap[other]];
    if (!first || !second) return;
    heap[one] = second;
    heap[other] = first;
  }
}
