import { connect } from 'node:net';

/** Sends bytes as they are and reads until the connection ends, however it ends. */
export function rawExchange(port: number, bytes: string): Promise<{ received: string; error: string | undefined }> {
  return new Promise((resolve) => {
    let received = '';
    let error: string | undefined;
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
    socket.on('error', (cause: NodeJS.ErrnoException) => (error = cause.code));
    socket.on('close', () => resolve({ received, error }));
  });
}

/** The bytes of `POST /v2/users`. */
export function rawUpsert(userId: string): string {
  const body = JSON.stringify({ userId });
  return [
    'POST /v2/users HTTP/1.1',
    'host: sandbox',
    'authorization: API-Key a-key',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}
