import { RequestTimeoutException } from '@nestjs/common';

const WINDOW_MS = 5_000;
const LEAST_BYTES = 5 * 1024;

/** What comes from the source, as long as it comes at 1 KB a second or more; else throws 408. */
export async function* keepPace(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let came = 0;
  let end = (_: Error): void => undefined;
  const tooSlow = new Promise<never>((_, reject) => (end = reject));
  // It may have no listener when it comes.
  tooSlow.catch(() => undefined);
  const timer = setInterval(() => {
    if (came < LEAST_BYTES) end(new RequestTimeoutException('body: expected at least 1 KB a second'));
    came = 0;
  }, WINDOW_MS);
  try {
    const chunks = source[Symbol.asyncIterator]();
    for (;;) {
      const next = await Promise.race([chunks.next(), tooSlow]);
      if (next.done === true) return;
      came += next.value.length;
      yield next.value;
    }
  } finally {
    clearInterval(timer);
  }
}
