import type { OnApplicationShutdown } from '@nestjs/common';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { systemClock } from './clock';
import type { Clock } from './clock';

const READ_EVERY_MS = 5_000;
// Less than that the two may differ: the answer is on its way for some time.
const DIFFERENCE_THAT_COUNTS_MS = 50;

type Machine = Omit<Clock, 'budgetNow'>;

/** What the database's clock told, and what stood on this machine's then. */
interface Reading {
  readonly shared: number;
  readonly now: number;
  readonly elapsed: number;
}

/**
 * The clock of the database, which all processes share that have the store: read every five seconds, and in between carried on
 * by this machine's. Whoever sets that one moves nothing for longer.
 */
export class DatabaseClock implements Clock, OnApplicationShutdown {
  #reading: Reading;
  readonly #timer: NodeJS.Timeout;

  private constructor(
    private readonly outbox: Pick<OutboxPort, 'readClock'>,
    private readonly machine: Machine,
  ) {
    this.#reading = { shared: machine.now(), now: machine.now(), elapsed: machine.elapsed() };
    this.#timer = setInterval(() => void this.read().catch(() => undefined), READ_EVERY_MS).unref();
  }

  /** Rejects where the database cannot be asked. */
  static async start(outbox: Pick<OutboxPort, 'readClock'>, machine: Machine = systemClock): Promise<DatabaseClock> {
    const clock = new DatabaseClock(outbox, machine);
    await clock.read();
    return clock;
  }

  now(): number {
    const { shared, now, elapsed } = this.#reading;
    // A machine that slept has a clock of its own that did not.
    const since = Math.max(this.machine.elapsed() - elapsed, this.machine.now() - now);
    return Math.round(shared + since);
  }

  elapsed(): number {
    return this.machine.elapsed();
  }

  budgetNow(): number {
    return this.now();
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    return this.machine.setTimer(callback, delayMs);
  }

  allRead(): Promise<void> {
    return this.machine.allRead();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Where it fails, the next one makes up for it. */
  async read(): Promise<void> {
    const asked = this.machine.elapsed();
    const answer = await this.outbox.readClock();
    const elapsed = this.machine.elapsed();
    const shared = answer + (elapsed - asked) / 2;
    // The answer may be as old as the question took.
    if (Math.abs(shared - this.now()) <= DIFFERENCE_THAT_COUNTS_MS + elapsed - asked) return;
    this.#reading = { shared, now: this.machine.now(), elapsed };
  }
}
