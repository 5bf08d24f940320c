import { pause } from './clock';
import type { Clock } from './clock';

/** How many events a step is of, at most: intake and delivery share the store. */
export const EVENTS_PER_STEP = 500;
// For the same reason a breath between them.
const BREATH_MS = 20;

/** Repeats a step, which tells how much it has done, until there is nothing left to do. Returns how much that was in all. */
export async function inSteps(clock: Clock, step: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let done = await step(); done > 0; done = await step()) {
    total += done;
    await pause(clock, BREATH_MS);
  }
  return total;
}
