// Often at first, for what comes soon; then less so: what is asked has work of its own.
const FIRST_POLL_MS = 5;
const LONGEST_POLL_MS = 50;
const LONGER = 1.3;

/**
 * The first result of `look` that is not undefined. Rejects when there is none in so many seconds; `what` says what was
 * waited for.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  seconds = 120,
): Promise<T> {
  // Not the Date of the test, which may be frozen.
  const end = performance.now() + seconds * 1_000;
  for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(LONGEST_POLL_MS, pollMs * LONGER)) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
