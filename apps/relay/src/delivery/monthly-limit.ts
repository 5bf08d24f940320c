import type { OutboxPort } from '../outbox/port/outbox.port';
import { monthOf } from '../outbox/counting/calendar';

/** `taken`: the user counts from now on. `over`: the month has as many as it may have. */
export type Admission = 'had' | 'taken' | 'over';

// Bounds how long a commit takes.
const MOST_AT_ONCE = 5_000;

interface Asked {
  readonly userId: string;
  readonly at: number;
  resolve(admission: Admission): void;
  reject(error: unknown): void;
}

/**
 * How many users of an environment may count in a month. Asks the store before anything is sent for a user: who asks while it
 * answers shares its next answer.
 */
export class MonthlyLimit {
  #waiting: Asked[] = [];
  #isRunning = false;

  constructor(
    private readonly environment: string,
    private readonly limit: number,
    private readonly outbox: Pick<OutboxPort, 'trackUsers'>,
  ) {}

  /** Whether something may be sent for a user at this time, in whose month it counts. Rejects where the store fails. */
  admit(userId: string, at: number): Promise<Admission> {
    const admission = new Promise<Admission>((resolve, reject) => {
      this.#waiting.push({ userId, at, resolve, reject });
    });
    if (!this.#isRunning) void this.#run();
    return admission;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let [first] = this.#waiting; first; [first] = this.#waiting) {
      const month = monthOf(first.at);
      const asked = this.#waiting.filter(({ at }) => monthOf(at) === month).slice(0, MOST_AT_ONCE);
      const answered = new Set(asked);
      this.#waiting = this.#waiting.filter((one) => !answered.has(one));
      await this.#ask(asked, first.at);
    }
    this.#isRunning = false;
  }

  async #ask(asked: readonly Asked[], at: number): Promise<void> {
    const { environment, limit } = this;
    try {
      const users = asked.map(({ userId }) => userId);
      const tracked = await this.outbox.trackUsers({ environment, users, at, limit });
      const [had, taken] = [new Set(tracked.had), new Set(tracked.taken)];
      for (const { userId, resolve } of asked) resolve(had.has(userId) ? 'had' : taken.has(userId) ? 'taken' : 'over');
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}
