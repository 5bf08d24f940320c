// In this process a cache answers at once. Between the end of the last request and Segment's limit there are 500 ms.
const LONGEST_WAIT_MS = 250;

/** Asks Segment's `cache` something: what it answers, or undefined where it cannot. */
export type AskCache = <T>(question: () => Promise<T> | T) => Promise<T | undefined>;

/**
 * Asks `cache` for one call of the Function. It may be missing, fail or hang: all of that counts as an answer of nothing.
 * Once it was waited for in vain, it is not asked again.
 */
export function createAskCache(): AskCache {
  let isGivenUp = false;
  return async (question) => {
    if (isGivenUp) return undefined;
    let timer: unknown;
    const impatience = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        isGivenUp = true;
        resolve(undefined);
      }, LONGEST_WAIT_MS);
    });
    try {
      return await Promise.race([question(), impatience]);
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  };
}
