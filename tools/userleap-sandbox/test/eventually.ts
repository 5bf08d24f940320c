import { setImmediate as turn } from 'node:timers/promises';

const DEADLINE_MS = 4_000;

/** Resolves with the first value that is not undefined; rejects when there is none before the deadline. */
export async function eventually<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  while (Date.now() < deadline) {
    const value = await find();
    if (value !== undefined) return value;
    await turn();
  }
  throw new Error(`still not so after ${DEADLINE_MS} ms: ${find.toString()}`);
}
