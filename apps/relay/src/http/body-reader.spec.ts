import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { silentObserver } from '../../test/silent-observer';
import { limitOf, strictLimitOf } from './body-limit';
import { BodyReader } from './body-reader';
import type { BodySender } from './body-reader';

const STRANGER: BodySender = { isKnown: false };
const KNOWN: BodySender = { isKnown: true };
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
    reader.with(request, limit, STRANGER, async (body) => body.toString('utf8'));

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

  describe('with much in memory already', () => {
    const limit = strictLimitOf(1024 * 1024);
    const MEGABYTE = 1024 * 1024;
    const ends: (() => void)[] = [];
    afterEach(() => {
      for (const end of ends.splice(0)) end();
    });

    /** Resolves when so many bytes are held; they are until the end of the test, or until what it returns is called. */
    function fill(megabytes: number, sender: BodySender): Promise<() => void> {
      return new Promise((resolve, reject) => {
        const request = requestOf([Buffer.alloc(megabytes * MEGABYTE)]);
        const use = () => new Promise<void>((end) => resolve(() => end()));
        reader.with(request, limit, sender, use).catch(reject);
      }).then((end) => {
        ends.push(end as () => void);
        return end as () => void;
      });
    }

    it('refuses with 503 what it cannot hold beside it, and takes it when that is done', async () => {
      const end = await fill(60, KNOWN);
      await expect(fill(5, KNOWN)).rejects.toMatchObject({ status: 503 });
      end();
      await Promise.resolve();
      await fill(5, KNOWN);
    });

    it('keeps half of it for those who have shown a key', async () => {
      await fill(20, STRANGER);
      await expect(fill(20, STRANGER)).rejects.toMatchObject({ status: 503 });
      await fill(40, KNOWN);
      await expect(fill(8, STRANGER)).rejects.toMatchObject({ status: 503 });
    });

    it('counts as known what known senders hold', async () => {
      await fill(30, KNOWN);
      await fill(30, STRANGER);
    });

    it('takes no memory for a decoder before there is something to decode', async () => {
      const idle = Array.from({ length: 100 }, () => new IncomingMessage(new Socket()));
      for (const request of idle) {
        Object.assign(request.headers, { 'content-encoding': 'br' });
        read(request).catch(() => undefined);
      }
      await fill(30, STRANGER);
      const body = brotliCompressSync(TEXT);
      await expect(read(requestOf([body], { 'content-encoding': 'br' }))).resolves.toBe(TEXT);
      for (const request of idle) request.push(null);
    });

    it('counts a body for what it is once it is decoded', async () => {
      await fill(30, STRANGER);
      const bomb = (): IncomingMessage =>
        requestOf([gzipSync(Buffer.alloc(3 * MEGABYTE))], { 'content-encoding': 'gzip' });
      await expect(read(bomb(), limit)).rejects.toMatchObject({ status: 503 });
    });
  });

  it('lets a body go by without a look at its encoding', async () => {
    await reader.pass(requestOf([TEXT], { 'content-encoding': 'br' }), limitOf(1));
    await expect(reader.pass(requestOf(['x'.repeat(1025)]), limitOf(1))).rejects.toMatchObject({ status: 400 });
  });

  it('ends a body that comes too slowly with 408', async () => {
    jest.useFakeTimers();
    try {
      const request = new IncomingMessage(new Socket());
      const reading = read(request, limitOf(100)).then(
        () => 'read',
        ({ status }: { status: number }) => status,
      );
      // Quick enough, then no more.
      for (let second = 0; second < 20; second += 1) {
        request.push(Buffer.alloc(1100));
        await jest.advanceTimersByTimeAsync(1_000);
      }
      await jest.advanceTimersByTimeAsync(10_000);
      expect(await reading).toBe(408);
    } finally {
      jest.useRealTimers();
    }
  });
});
