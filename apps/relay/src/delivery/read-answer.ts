import type { Readable } from 'node:stream';

// The largest answer that is read is a user's profile.
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * The text of an answer, as far as it came: one that breaks off, does not end by `end` or is too large is cut. What it
 * answers is told by its status, which has come by then.
 */
export async function readAnswer(stream: Readable, end: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  const stop = (): void => void stream.destroy();
  end.addEventListener('abort', stop);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_ANSWER_BYTES) break;
    }
  } catch {
    // What is missing is missing.
  } finally {
    end.removeEventListener('abort', stop);
  }
  return Buffer.concat(chunks).toString('utf8');
}
