import { clearTimeout, setTimeout } from 'node:timers';

export type Ending =
  | { ended: 'returned'; value: unknown }
  | { ended: 'threw'; thrown: unknown }
  | { ended: 'timed-out' };

/**
 * Runs `work` and tells how it ended; never rejects. After the time limit, what `work` still does is ignored.
 * Work that blocks the thread is not interrupted.
 */
export function runWithin(limitMs: number, work: () => unknown): Promise<Ending> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ ended: 'timed-out' }), limitMs);
    const end = (ending: Ending) => {
      clearTimeout(timer);
      resolve(ending);
    };
    (async () => work())().then(
      (value) => end({ ended: 'returned', value }),
      (thrown: unknown) => end({ ended: 'threw', thrown }),
    );
  });
}
