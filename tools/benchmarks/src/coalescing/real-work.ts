import { setImmediate as nextTurn } from 'node:timers/promises';

// A promise chain of the engine may need a turn or two between one piece of work and the next.
const CALM_TURNS = 4;

/** Counts what takes real time (disk, sockets), so that virtual time can stand still meanwhile. */
export class RealWork {
  readonly #running = new Set<Promise<unknown>>();
  #begun = 0;

  add<T>(work: Promise<T>): Promise<T> {
    this.#begun += 1;
    this.#running.add(work);
    const end = (): void => void this.#running.delete(work);
    work.then(end, end);
    return work;
  }

  /** The same object, whose methods count as work until what they promise is there. */
  counting<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, key) => {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return (...values: unknown[]): unknown => {
          const result: unknown = Reflect.apply(member, target, values);
          return result instanceof Promise ? this.add(result) : result;
        };
      },
    });
  }

  /** Resolves when nothing is under way and nothing new begins for some turns of the event loop. */
  async end(): Promise<void> {
    let begun = NaN;
    for (let calm = 0; calm < CALM_TURNS; calm++) {
      if (this.#running.size > 0) await Promise.allSettled(this.#running);
      await nextTurn();
      if (this.#running.size > 0 || this.#begun !== begun) calm = 0;
      begun = this.#begun;
    }
  }
}
