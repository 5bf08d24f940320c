import type { NewEvent } from './outbox.port';

interface Waiting {
  readonly events: readonly NewEvent[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

// Bounds how long a commit can take, whatever has piled up.
const MOST_EVENTS = 5_000;

/**
 * Lets what is to be kept while as many commits run as may at once share the next one. Each caller hears of its own
 * commit.
 */
export class GroupCommit {
  #waiting: Waiting[] = [];
  #running = 0;

  constructor(
    private readonly commit: (events: readonly NewEvent[]) => Promise<void>,
    private readonly atOnce = 1,
  ) {}

  accept(events: readonly NewEvent[]): Promise<void> {
    const kept = new Promise<void>((resolve, reject) => this.#waiting.push({ events, resolve, reject }));
    if (this.#running < this.atOnce) void this.#run();
    return kept;
  }

  async #run(): Promise<void> {
    this.#running += 1;
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup();
      try {
        await this.commit(group.flatMap(({ events }) => events));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#running -= 1;
  }

  #takeGroup(): readonly Waiting[] {
    let count = 0;
    const end = this.#waiting.findIndex(({ events }, index) => (count += events.length) > MOST_EVENTS && index > 0);
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
  }
}
