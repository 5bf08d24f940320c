import type { Clock } from '../../src/delivery/clock';
import type { VirtualClock } from '../virtual-clock';

/** The clock as one process has it: its timers end with it, and its budget's time begins with the machine's, as `systemClock`. */
export class ProcessClock implements Clock {
  readonly #startedAt: number;
  #isDead = false;

  constructor(private readonly machine: VirtualClock) {
    this.#startedAt = machine.now() - machine.elapsed();
  }

  now(): number {
    return this.machine.now();
  }

  elapsed(): number {
    return this.machine.elapsed();
  }

  budgetNow(): number {
    return this.#startedAt + this.machine.elapsed();
  }

  /** By how much the machine's clock was set since the process began. */
  get wasSetBy(): number {
    return this.now() - this.budgetNow();
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    return this.machine.setTimer(() => {
      if (!this.#isDead) callback();
    }, delayMs);
  }

  allRead(): Promise<void> {
    return this.machine.allRead();
  }

  /** Nothing that waits goes on. */
  die(): void {
    this.#isDead = true;
  }
}
