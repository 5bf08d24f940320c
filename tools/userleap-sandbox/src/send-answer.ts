import type { ServerResponse } from 'node:http';
import type { Answer } from './answer';
import type { Fault } from './fault';

/** How a fault has an answer sent. */
export type Manner = Pick<Fault, 'delayMs' | 'hang' | 'reset' | 'truncate'>;

/** Writes the answer, in the manner of a fault if there is one. Calls back just before a whole head is written. */
export function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  { delayMs, hang, reset, truncate }: Manner,
  onStatus: (status: number) => void,
): void {
  const send = (): void => {
    const { socket } = response.req;
    if (reset === 'before') return void socket.resetAndDestroy();
    if (reset === undefined) onStatus(answer.status);
    writeHead(response, answer);
    if (reset === undefined && truncate === undefined) return void response.end(answer.body);
    const body = Buffer.from(answer.body);
    response.flushHeaders();
    response.write(body.subarray(0, Math.floor(body.length / 2)));
    if (reset === undefined) return void socket.destroySoon();
    // The callback comes once all that was written before has left.
    socket.write('', () => socket.resetAndDestroy());
  };
  if (hang) return;
  if (!delayMs) return send();
  const timer = setTimeout(send, delayMs);
  response.once('close', () => clearTimeout(timer));
}

function writeHead(response: ServerResponse, { status, headers, body }: Answer): void {
  response.statusCode = status;
  if (status !== 204 && status !== 304) response.setHeader('content-length', Buffer.byteLength(body));
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
