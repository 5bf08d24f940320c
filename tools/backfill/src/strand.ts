import { Batch } from './batch';
import type { BatchEvent } from './batch';
import { isDone, START } from './position';
import type { Position } from './position';
import { NOTHING, sumOf } from './tally';
import type { Tally } from './tally';

/** How far a strand is, and the count of what it has dealt with. */
export interface Mark {
  readonly position: Position;
  readonly tally: Tally;
}

export const NO_MARK: Mark = { position: START, tally: NOTHING };

interface Closed {
  readonly batch: Batch;
  /** The last record that was read when it was closed: of the strand, nothing before it stands in another batch. */
  readonly end: Position;
}

/**
 * One of several lines of batches that go side by side. Each event belongs to the strand of its user, and a strand sends one batch after the
 * other: so nothing of one user overtakes what stood before it.
 */
export class Strand {
  #mark: Mark;
  #open = new Batch();
  readonly #closed: Closed[] = [];
  #sending: Promise<void> | undefined;

  constructor(
    mark: Mark,
    /** Resolves with how many of them the relay refuses by themselves. */
    private readonly send: (events: readonly BatchEvent[]) => Promise<number>,
    private readonly onTaken: () => void,
  ) {
    this.#mark = mark;
  }

  /** What is done of it. */
  get position(): Position {
    return this.#mark.position;
  }

  /** How far it is, where `read` was the last record that was read. */
  markAt(read: Position): Mark {
    // What has to wait for its turn is not done.
    if (!this.#sending && this.#closed.length === 0 && this.#open.events.length === 0) {
      // A run that goes on may have read less than was done before it.
      const position = isDone(read, this.#mark.position) ? this.#mark.position : read;
      this.#mark = { position, tally: sumOf([this.#mark.tally, this.#open.tally]) };
      this.#open = new Batch();
    }
    return this.#mark;
  }

  /** Something that is counted, and not sent. */
  count(tally: Partial<Tally>): void {
    this.#open.count(tally);
  }

  /** Takes an event. Returns what is to be waited for before the next one comes. */
  add(event: BatchEvent): Promise<void> | undefined {
    this.#open.add(event);
    this.#open.count({ handedOver: 1 });
    if (!this.#open.isFull) return undefined;
    this.#close(event.position);
    // One on its way and one behind it: memory is bounded.
    return this.#closed.length > 1 ? this.#sending : undefined;
  }

  /** Resolves when the relay has all that it took. `read`: the last record that was read. */
  async flush(read: Position): Promise<void> {
    if (this.#open.events.length > 0) this.#close(read);
    await this.settled();
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  #close(end: Position): void {
    this.#closed.push({ batch: this.#open, end });
    this.#open = new Batch();
    this.#sendNext();
  }

  #sendNext(): void {
    const [next] = this.#closed;
    if (this.#sending || !next) return;
    this.#sending = this.send(next.batch.events).then((refused) => {
      this.#closed.shift();
      next.batch.count({ handedOver: -refused, broken: refused });
      this.#mark = { position: next.end, tally: sumOf([this.#mark.tally, next.batch.tally]) };
      this.#sending = undefined;
      this.onTaken();
      this.#sendNext();
    });
    // Whoever waits for it hears of it.
    this.#sending.catch(() => undefined);
  }
}
