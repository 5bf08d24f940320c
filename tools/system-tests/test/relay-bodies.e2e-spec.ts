import { refusal } from '../src/doors/refusal';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { call } from '../src/doors/call';
import type { Answer } from '../src/doors/call';
import { bombOf } from '../src/doors/bomb';
import { basic } from '../src/doors/credentials';
import { EndlessSender } from '../src/fuzz/endless-sender';
import { RelayOnSandbox, until, WRITE_KEY } from '@segment-userleap/relay-driver';

const KB = 1_024;
const EVENT = { userId: 'ann', event: 'Clicked' };
const TEXT = JSON.stringify(EVENT);
const FORM = 'application/x-www-form-urlencoded';
const REFUSED = { body: refusal() };

describe('a body', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start();
  });

  afterAll(async () => {
    await pair.stop();
  });

  it.each([
    ['no content type', {}, TEXT],
    ['text/plain', { 'content-type': 'text/plain;charset=UTF-8' }, TEXT],
    ['JSON', { 'content-type': 'application/json' }, TEXT],
    ['a form, compressed', { 'content-type': FORM, 'content-encoding': 'gzip' }, gzipSync(TEXT)],
    ['a content type that is none', { 'content-type': ';;;' }, TEXT],
    ['gzip by another name', { 'content-encoding': 'x-gzip' }, gzipSync(TEXT)],
    ['gzip in capitals', { 'content-encoding': 'GZIP' }, gzipSync(TEXT)],
    ['deflate', { 'content-encoding': 'deflate' }, deflateSync(TEXT)],
    ['br', { 'content-encoding': 'br' }, brotliCompressSync(TEXT)],
    ['identity', { 'content-encoding': 'identity' }, TEXT],
    ['a byte order mark', {}, `\ufeff${TEXT}`],
  ])('is taken with %s', async (_, headers, body) => {
    expect(await post('/v1/track', body, headers)).toMatchObject({ status: 200, body: { success: true } });
    const webhook = { ...EVENT, type: 'track' };
    expect((await post('/webhooks/segment', encodeAs(body, webhook), headers)).status).toBe(200);
  });

  it.each([
    ['gzip', gzipSync(TEXT).subarray(0, 20)],
    ['gzip', gzipSync(TEXT).fill(0xff, 12, 18)],
    ['gzip', Buffer.from(TEXT)],
    ['deflate', deflateSync(TEXT).subarray(0, 12)],
    ['br', brotliCompressSync(TEXT).subarray(0, 10)],
  ])('of broken %s is refused', async (encoding, body) => {
    for (const path of ['/v1/track', '/webhooks/segment']) {
      const answer = await post(path, body, { 'content-encoding': encoding });
      expect(answer).toMatchObject({ status: 400, body: { message: expect.stringMatching(/^body: /) } });
    }
  });

  it.each(['zstd', 'compress', 'rot13'])('in the encoding %s is refused: it is not known', async (encoding) => {
    for (const path of ['/v1/track', '/v1/batch', '/webhooks/segment']) {
      expect(await post(path, TEXT, { 'content-encoding': encoding })).toMatchObject({ status: 415, ...REFUSED });
    }
  });

  it.each([
    ['/v1/track', TEXT, 64 * KB, 400],
    ['/v1/batch', `{"batch":[]}`, 4 * KB * KB, 400],
    ['/v1/import', `{"batch":[]}`, 4 * KB * KB, 400],
    ['/webhooks/segment', '[]', 5 * KB * KB, 413],
    ['/webhooks/segment/default', '[]', 5 * KB * KB, 413],
  ])('of %s has its limit, on the wire and decompressed', async (path, text, limit, status) => {
    const zipped = { 'content-encoding': 'gzip' };
    const [most, over] = [text.padEnd(limit), text.padEnd(limit + 1)];
    expect((await post(path, most)).status).toBe(200);
    expect((await post(path, gzipSync(most), zipped)).status).toBe(200);
    expect(await post(path, over)).toMatchObject({ status, ...REFUSED });
    expect(await post(path, gzipSync(over), zipped)).toMatchObject({ status, ...REFUSED });
  });

  it.each(['/v1/track', '/webhooks/segment'])('of %s that does not end is not read on', async (path) => {
    const sender = new EndlessSender(pair.relay.url, path, basic(WRITE_KEY));
    await until('the end of the connection', () => (sender.isClosed ? true : undefined));
    expect(sender.bytesSent).toBeLessThan(64 * KB * KB);
  });

  it.each([
    ['/v1/batch', 2_500, (events: readonly object[]) => ({ batch: events })],
    ['/webhooks/segment', 4_000, (events: readonly object[]) => events],
  ])('of %s holds at most %i events', async (path, most, write) => {
    const events = Array.from({ length: most + 1 }, () => ({ type: 'page', anonymousId: 'a' }));
    expect(await post(path, write(events))).toMatchObject({ status: 400, ...REFUSED });
    expect((await post(path, write(events.slice(1)))).status).toBe(200);
  });

  it.each([
    ['/v1/track', 60 * KB, 400],
    ['/v1/batch', 4_000 * KB, 400],
    ['/webhooks/segment', 4_900 * KB, 413],
  ])('of %s that would decompress to a thousand times its size is cut off on the way', async (path, size, status) => {
    const answer = await post(path, bombOf(size), { 'content-encoding': 'gzip' });
    expect(answer).toMatchObject({ status, ...REFUSED });
    expect((await post('/v1/track', TEXT)).status).toBe(200);
  });

  it('that is nested too deep is refused', async () => {
    expect((await post('/v1/track', nested(90))).status).toBe(200);
    for (const depth of [110, 1_000, 15_000]) {
      expect(await post('/v1/track', nested(depth))).toMatchObject({ status: 400, ...REFUSED });
      expect(await post('/webhooks/segment', nested(depth))).toMatchObject({ status: 400, ...REFUSED });
    }
    for (const body of ['['.repeat(60 * KB), '{"a":'.repeat(12 * KB)]) {
      expect(await post('/v1/track', body)).toMatchObject({ status: 400, ...REFUSED });
      expect(await post('/webhooks/segment', body)).toMatchObject({ status: 400, ...REFUSED });
    }
  });

  it.each([
    ['/v1/batch', 'that is too large', { filler: 'x'.repeat(64 * KB) }],
    ['/v1/batch', 'that is nested too deep', deep(110)],
    ['/webhooks/segment', 'that is nested too deep', deep(110)],
  ])('of %s with an event %s makes a dead letter of it, and the others go on', async (path, what, properties) => {
    const ids = ['before', 'bad', 'after'].map((place) => `${path} ${what} ${place}`);
    const [before, bad, after] = ids.map((messageId) => ({ messageId, userId: messageId, type: 'identify' }));
    const batch = [before, { ...bad, type: 'track', event: 'Clicked', properties }, after];
    expect((await post(path, path === '/v1/batch' ? { batch } : batch)).status).toBe(200);
    expect(await Promise.all(ids.map(outcomeOf))).toEqual([
      ['delivered', null],
      ['rejected', 'invalid_event'],
      ['delivered', null],
    ]);
  });

  it('of a batch has a limit for each event, of the event as it came', async () => {
    const context = { filler: 'x'.repeat(60 * KB) };
    const [fits, over] = [64 * KB, 64 * KB + 1].map((bytes) => {
      const event = { messageId: `of ${bytes} bytes`, userId: 'long', type: 'identify', filler: '' };
      return { ...event, filler: 'x'.repeat(bytes - JSON.stringify(event).length) };
    });
    expect((await post('/v1/batch', { batch: [fits, over], context, sentAt: '2026-01-01T00:00:00Z' })).status).toBe(
      200,
    );
    expect(await outcomeOf(fits?.messageId ?? '')).toEqual(['delivered', null]);
    expect(await outcomeOf(over?.messageId ?? '')).toEqual(['rejected', 'invalid_event']);
  });

  it('that says 400 KB for all of its events makes dead letters of which the beginning is kept, for good', async () => {
    const batch = ['one', 'two'].map((id) => ({
      messageId: `shared ${id}`,
      type: 'track',
      userId: 'ann',
      event: 'Big',
    }));
    const context = { filler: 'x'.repeat(400 * KB) };
    expect((await post('/v1/batch', { batch, context })).status).toBe(200);
    expect(await outcomeOf('shared one')).toEqual(['rejected', 'invalid_event']);
    const [letter] = await pair.admin.events({ messageId: 'shared two' });
    expect(await pair.admin.replay({ messageId: 'shared two' })).toBe(0);
    const { event, body, part } = await pair.admin.event(letter?.id ?? 0);
    expect(event).toEqual(letter);
    expect([body, part]).toEqual([expect.stringMatching(/^{.*"messageId":"shared two".*}$/), null]);
  });

  function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return call(pair.relay, path, { headers: { ...basic(WRITE_KEY), ...headers }, body });
  }

  /** The same encoding for another event. */
  function encodeAs(body: string | Buffer, event: object): string | Buffer {
    const text = JSON.stringify(event);
    const encodings = [gzipSync, deflateSync, brotliCompressSync];
    const encode = encodings.find((one) => one(TEXT).equals(Buffer.from(body)));
    return encode?.(text) ?? String(body).replace(TEXT, text);
  }

  function outcomeOf(messageId: string): Promise<readonly [string, string | null]> {
    return until(`what became of ${messageId}`, async () => {
      const [event] = await pair.admin.events({ messageId });
      return event === undefined || event.state === 'pending' ? undefined : [event.state, event.reason];
    });
  }
});

/** So many objects in each other. */
function deep(levels: number): object {
  return JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as object;
}

/** An event with so many objects in each other. */
function nested(depth: number): string {
  const fields = '"type":"track","userId":"ann","event":"Clicked"';
  return `{${fields},"properties":${'{"a":'.repeat(depth - 1)}1${'}'.repeat(depth - 1)}}`;
}
