import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { silentObserver } from '../../test/silent-observer';
import { limitOf, strictLimitOf } from './body-limit';
import { BodyReader } from './body-reader';

const TEXT = '{"userId": "Åsa"}';

/** A request whose body arrives in these pieces. */
function requestOf(pieces: readonly (Buffer | string)[], headers: Readonly<Record<string, string>> = {}) {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  for (const piece of pieces) request.push(piece);
  request.push(null);
  return request;
}

describe(BodyReader.name, () => {
  const reader = new BodyReader(silentObserver);
  const read = (request: IncomingMessage, limit = limitOf(1)): Promise<string> =>
    reader.with(request, limit, async (body) => body.toString('utf8'));

  it('reads a body in pieces', async () => {
    await expect(read(requestOf(['{"user', 'Id": "Åsa"}']))).resolves.toBe(TEXT);
    await expect(read(requestOf([]))).resolves.toBe('');
  });

  it.each([
    ['gzip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['GZIP', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['identity', Buffer.from(TEXT)],
  ])('undoes %s', async (encoding, body) => {
    const pieces = [body.subarray(0, 5), body.subarray(5)];
    await expect(read(requestOf(pieces, { 'content-encoding': encoding }))).resolves.toBe(TEXT);
  });

  it.each([
    ['cut short', gzipSync(TEXT).subarray(0, -5)],
    ['of another kind', Buffer.from(TEXT)],
    ['empty', Buffer.alloc(0)],
  ])('refuses a gzip body that is %s with 400', async (_, body) => {
    const reading = read(requestOf([body], { 'content-encoding': 'gzip' }));
    await expect(reading).rejects.toMatchObject({ status: 400 });
  });

  it('refuses an encoding that it does not know with 415', async () => {
    const reading = read(requestOf([TEXT], { 'content-encoding': 'zstd' }));
    await expect(reading).rejects.toMatchObject({ status: 415 });
  });

  it.each([
    ['as it comes', requestOf(['x'.repeat(1025)])],
    ['as it is announced', requestOf([], { 'content-length': '1025' })],
    ['once it is decompressed', requestOf([gzipSync('x'.repeat(1025))], { 'content-encoding': 'gzip' })],
  ])('refuses a body that is too long %s', async (_, request) => {
    await expect(read(request)).rejects.toMatchObject({ status: 400, message: 'body: expected at most 1 KB' });
  });

  it('takes a body of just the limit', async () => {
    await expect(read(requestOf(['x'.repeat(1024)]))).resolves.toHaveLength(1024);
  });

  it('refuses with 413 where the limit is strict', async () => {
    await expect(read(requestOf(['x'.repeat(1025)]), strictLimitOf(1))).rejects.toMatchObject({ status: 413 });
  });

  it('refuses with 503 what it cannot hold beside the others, and takes it when they are done', async () => {
    const limit = strictLimitOf(1024 * 1024);
    const big = (): IncomingMessage => requestOf([Buffer.alloc(100 * 1024 * 1024)]);
    let done = (): void => undefined;
    let first = Promise.resolve();
    await new Promise<void>((isRead) => {
      first = reader.with(big(), limit, () => {
        isRead();
        return new Promise<void>((resolve) => (done = resolve));
      });
    });
    await expect(read(big(), limit)).rejects.toMatchObject({ status: 503 });
    done();
    await first;
    await expect(reader.with(big(), limit, async (body) => body.length)).resolves.toBe(100 * 1024 * 1024);
  });
});
