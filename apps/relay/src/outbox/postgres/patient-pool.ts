import type { Pool, PoolClient } from 'pg';
import { hasNoRoom } from './is-broken';

/** A pool whose calls wait for a connection that is there already where the server has no room for another. */
export class PatientPool {
  /** Calls that have a connection, or are about to get one. */
  #active = 0;
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly pool: Pool,
    private readonly patienceMs: number,
  ) {}

  /** Rejects where there is no connection to wait for, or none became free for as long as its patience lasts. */
  async connect(): Promise<PoolClient> {
    const deadline = performance.now() + this.patienceMs;
    for (;;) {
      this.#active += 1;
      try {
        return await this.pool.connect();
      } catch (error) {
        this.#active -= 1;
        if (!hasNoRoom(error) || this.#active + this.pool.idleCount === 0) {
          this.#wakeOne();
          throw error;
        }
        // It may have become free while the other one was refused.
        if (this.pool.idleCount === 0 && !(await this.#isReleased(deadline))) throw error;
      }
    }
  }

  release(client: PoolClient, isBroken: boolean): void {
    this.#active -= 1;
    client.release(isBroken);
    this.#wakeOne();
  }

  end(): Promise<void> {
    return this.pool.end();
  }

  #isReleased(deadline: number): Promise<boolean> {
    return new Promise((resolve) => {
      const wake = (isReleased: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(released);
        resolve(isReleased);
      };
      const released = (): void => wake(true);
      const timer = setTimeout(() => wake(false), Math.max(0, deadline - performance.now()));
      this.#waiting.add(released);
    });
  }

  #wakeOne(): void {
    const [first] = this.#waiting;
    first?.();
  }
}
