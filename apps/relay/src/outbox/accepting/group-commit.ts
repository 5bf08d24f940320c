import type { NewEvent } from '../port/outbox.port';

interface Waiting {
  readonly events: readonly NewEvent[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

// Bound how long a commit can take, and how much of it there is in memory, whatever has piled up.
const MOST_EVENTS = 5_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** Lets what is to be kept while a commit runs share the next one. Each caller hears of its own commit. */
export class GroupCommit {
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(private readonly commit: (events: readonly NewEvent[]) => Promise<void>) {}

  accept(events: readonly NewEvent[]): Promise<void> {
    const kept = new Promise<void>((resolve, reject) => this.#waiting.push({ events, resolve, reject }));
    if (!this.#isRunning) void this.#run();
    return kept;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup();
      try {
        await this.commit(group.flatMap(({ events }) => events));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#isRunning = false;
  }

  #takeGroup(): readonly Waiting[] {
    let count = 0;
    let bytes = 0;
    const isBackfill = (at: number): boolean => this.#waiting[at]?.events[0]?.isBackfilled ?? false;
    const end = this.#waiting.findIndex(({ events }, index) => {
      // There may be no room for the one where there is for the other.
      if (isBackfill(index) !== isBackfill(0)) return true;
      count += events.length;
      bytes += events.reduce((sum, { body }) => sum + body.length, 0);
      return index > 0 && (count > MOST_EVENTS || bytes > MOST_BYTES);
    });
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
  }
}
