import { pause } from './clock';
import type { Clock } from './clock';

/** How many events a step is of, at most: intake and delivery share the store. */
export const EVENTS_PER_STEP = 500;
/** For the same reason a breath between them. */
export const BREATH_MS = 20;

/** How many events a step is of: fewer after one that the database has ended because it took too long. */
export class StepSize {
  #size = EVENTS_PER_STEP;
  /** How many times as large a step of `takeSome` is. */
  #times = 1;

  /** Takes the step; one that takes too long is tried with half as many, down to one. Then it grows again, little by little. */
  async take<T>(step: (limit: number) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const result = await step(this.#size);
        this.#size = Math.min(EVENTS_PER_STEP, Math.ceil(this.#size * GROWTH));
        return result;
      } catch (error) {
        if (this.#size === 1 || !hasTimedOut(error)) throw error;
        this.#size = Math.floor(this.#size / 2);
      }
    }
  }

  /**
   * Takes one step after the other, with a breath between them, until one does less than it may or so many milliseconds are over. Each
   * may do more than the last, as a busy store has it wait for long: what comes in all the time has to go as fast. Returns how much they
   * did together.
   */
  async takeSome(clock: Clock, ms: number, step: (limit: number) => Promise<number>): Promise<number> {
    const end = clock.elapsed() + ms;
    for (let total = 0; ;) {
      let asked = 0;
      const done = await this.take((limit) => step((asked = this.#times * limit)));
      total += done;
      const isAll = done < asked;
      this.#times = isAll ? 1 : Math.min(MOST_TIMES, 2 * this.#times);
      if (isAll || clock.elapsed() >= end) return total;
      await pause(clock, BREATH_MS);
    }
  }
}

const GROWTH = 1.1;
const MOST_TIMES = 4;

/** PostgreSQL has cancelled the statement (query_canceled). */
function hasTimedOut(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}

/** Repeats a step, which tells how much it has done, until there is nothing left to do. Returns how much that was in all. */
export async function inSteps(clock: Clock, step: (limit: number) => Promise<number>): Promise<number> {
  const size = new StepSize();
  let total = 0;
  for (let done = await size.take(step); done > 0; done = await size.take(step)) {
    total += done;
    await pause(clock, BREATH_MS);
  }
  return total;
}

/**
 * The same where what is done may have to be done again meanwhile: the first step that finds less than it may is the last.
 */
export async function inOnePass(clock: Clock, step: (limit: number) => Promise<number>): Promise<void> {
  await inSteps(clock, async (limit) => {
    const done = await step(limit);
    return done < limit ? 0 : done;
  });
}
