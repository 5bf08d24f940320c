import type { IncomingMessage } from 'node:http';
import type { Call } from './call';
import { mostBytesOf, toCall } from './to-call';

/** Calls back once the request was received to its end; a request that breaks off is forgotten. */
export function readCall(request: IncomingMessage, onCall: (call: Call) => void): void {
  const { method = '', url = '', headers } = request;
  const most = mostBytesOf(url);
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Past the limit it goes on reading: most clients look at the answer only after they sent everything.
  request.on('data', (chunk: Buffer) => {
    if (bytes < most) chunks.push(chunk.subarray(0, most - bytes));
    bytes += chunk.length;
  });
  request.on('error', () => undefined);
  request.on('end', () => {
    onCall(
      toCall({
        method,
        target: url,
        headers,
        body: Buffer.concat(chunks).toString(),
        isTooLarge: bytes > most,
      }),
    );
  });
}
