import type { Clock } from './clock';

/** Work that is done again and again, so many milliseconds after its last end, until it is stopped. It must not reject. */
export class RepeatedWork {
  #running: Promise<void> = Promise.resolve();
  #cancelTimer: (() => void) | undefined;
  #isStopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: number,
    private readonly work: () => Promise<void>,
  ) {}

  /** The first time is an interval from now. */
  start(): void {
    if (this.#isStopped) return;
    this.#cancelTimer = this.clock.setTimer(() => {
      this.#running = this.work().then(() => this.start());
    }, this.intervalMs);
  }

  /** Resolves when what was under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    await this.#running;
  }
}
