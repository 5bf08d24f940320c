import type { IncomingMessage } from 'node:http';
import { parseAuthorization } from './authorization';
import type { Call } from './call';
import { parseJson } from './parse-json';

const MAX_BODY_BYTES = 1024 * 1024;

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
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
    const bodyText = Buffer.concat(chunks).toString();
    const isTooLarge = bytes > MAX_BODY_BYTES;
    onCall({
      method: request.method ?? '',
      path,
      query: new URLSearchParams(query),
      authorization: parseAuthorization(request.headers.authorization),
      contentType: request.headers['content-type'] ?? null,
      bodyText,
      body: isTooLarge ? null : parseJson(bodyText),
      isTooLarge,
    });
  });
}
