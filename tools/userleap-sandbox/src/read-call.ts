import type { IncomingMessage } from 'node:http';
import type { Call } from './call';
import { MAX_BODY_BYTES, toCall } from './to-call';

/** Calls back once the request was received to its end; a request that breaks off is forgotten. */
export function readCall(request: IncomingMessage, onCall: (call: Call) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Past the limit it goes on reading: most clients look at the answer only after they sent everything.
  request.on('data', (chunk: Buffer) => {
    if (bytes < MAX_BODY_BYTES) chunks.push(chunk.subarray(0, MAX_BODY_BYTES - bytes));
    bytes += chunk.length;
  });
  request.on('error', () => undefined);
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    onCall(
      toCall({
        method,
        target: url,
        headers,
        body: Buffer.concat(chunks).toString(),
        isTooLarge: bytes > MAX_BODY_BYTES,
      }),
    );
  });
}
