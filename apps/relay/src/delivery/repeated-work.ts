import type { Clock } from './clock';

/**
 * Work that is done again and again, so many milliseconds after its last end, until it is stopped. It must not reject. It may
 * ask to be done again sooner, by the milliseconds that it resolves with.
 */
export class RepeatedWork {
  #running: Promise<void> = Promise.resolve();
  #cancelTimer: (() => void) | undefined;
  #isStopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: number,
    private readonly work: (() => Promise<void>) | (() => Promise<number | undefined>),
  ) {}

  /** The first time is an interval from now. */
  start(): void {
    this.#startIn(this.intervalMs);
  }

  /** Resolves when what was under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    await this.#running;
  }

  #startIn(delayMs: number): void {
    if (this.#isStopped) return;
    this.#cancelTimer = this.clock.setTimer(() => {
      this.#running = this.work().then((soonerMs) => this.#startIn(soonerMs ?? this.intervalMs));
    }, delayMs);
  }
}
