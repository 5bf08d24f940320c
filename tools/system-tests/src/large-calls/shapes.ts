import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const KB = 1024;
const BATCH_BYTES = 4 * KB * KB;
const WEBHOOK_BYTES = 5 * KB * KB;
// Brackets and commas of a body.
const VALUES = 499_900;
const USERS = 4;

/** A call that is as large as the relay takes them, in some way. */
export interface Shape {
  readonly name: string;
  readonly path: '/v1/batch' | '/webhooks/segment';
  readonly encoding?: 'gzip' | 'br';
  readonly becomes: 'delivered' | 'rejected';
  /** The call's body. What `call` numbers has messages of its own. */
  write(call: number): string;
}

/** The beginning of an event that creates a user. */
function identify(shape: string, call: number, event = 0): string {
  return `{"type":"identify","userId":"user ${call % USERS}","messageId":"${shape} ${call} ${event}"`;
}

/** A batch of events of which each is as long as there is room for, up to `own` bytes. */
function batch(name: string, events: number, shared: string, becomes: Shape['becomes'] = 'delivered'): Shape {
  const write = (call: number): string => {
    const list = Array.from({ length: events }, (_, event) => `${identify(name, call, event)}}`);
    return `{"context":${shared},"batch":[${list.join()}]}`;
  };
  return { name, path: '/v1/batch', becomes, write };
}

/** A webhook of one event, filled up to the limit with the same over and over. */
function webhook(name: string, filler: string, { userId, ...more }: { userId?: string } & Partial<Shape> = {}): Shape {
  const write = (call: number): string => {
    const head = `${identify(name, call)}${userId === undefined ? '' : `,"userId":${userId}`},"filler":[${filler}`;
    const fits = Math.floor((WEBHOOK_BYTES - Buffer.byteLength(head) - 10) / (Buffer.byteLength(filler) + 1));
    // A comma, and the bracket of an object or a list.
    const count = Math.min(fits, Math.floor(VALUES / (/^[[{]/.test(filler) ? 2 : 1)));
    return `${head}${`,${filler}`.repeat(count)}]}`;
  };
  return { name, path: '/webhooks/segment', becomes: 'delivered', write, ...more };
}

/** A webhook of a list of events. */
function list(name: string, events: number): Shape {
  const write = (call: number): string => `[${filled(name, call, events, WEBHOOK_BYTES)}]`;
  return { name, path: '/webhooks/segment', becomes: 'delivered', write };
}

/** A batch that is filled by what its events say themselves. */
function full(name: string, events: number, more: Partial<Shape> = {}): Shape {
  const write = (call: number): string => `{"batch":[${filled(name, call, events, BATCH_BYTES)}]}`;
  return { name, path: '/v1/batch', becomes: 'delivered', write, ...more };
}

/** Events that take so many bytes together. */
function filled(name: string, call: number, events: number, bytes: number): string {
  const filler = 'x'.repeat(bytes / events - 150);
  return Array.from({ length: events }, (_, event) => `${identify(name, call, event)},"filler":"${filler}"}`).join();
}

function traits(name: string, call: number): string {
  return `${identify(name, call)},"traits":${fields(100_000)}}`;
}

function fields(count: number): string {
  return `{${Array.from({ length: count }, (_, index) => `"k${index}":1`).join()}}`;
}

function text(bytes: number, more = ''): string {
  return JSON.stringify({ text: 'x'.repeat(bytes) + more });
}

const LONG_TEXT = JSON.stringify('x'.repeat(10_000));
// One event may have 64 KB of it, all together 16 MB.
const CONTEXT = 63 * KB;
const SHORT_CONTEXT = 6 * KB;

export const SHAPES: readonly Shape[] = [
  batch('context of 400 KB, 1,000 events', 1_000, text(400 * KB), 'rejected'),
  batch('context of 63 KB, 250 events', 250, text(CONTEXT)),
  batch('the same, of two bytes a letter', 250, text(CONTEXT - 10, '€')),
  batch('context of 6 KB, 2,500 events', 2_500, text(SHORT_CONTEXT)),
  batch('context of 600 fields, 2,500 events', 2_500, fields(600)),
  { ...batch('the same, gzip', 2_500, fields(600)), encoding: 'gzip' },
  full('batch of 4 MB, 2,500 events', 2_500),
  full('batch of 4 MB, 64 events, br', 64, { encoding: 'br' }),
  webhook('webhook of 5 MB', LONG_TEXT),
  webhook('webhook of 5 MB, gzip', LONG_TEXT, { encoding: 'gzip' }),
  webhook('webhook of 5 MB, br', LONG_TEXT, { encoding: 'br' }),
  webhook('webhook of 5 MB, not Latin', JSON.stringify('愛'.repeat(1_000))),
  webhook('webhook of empty objects', '{}', { encoding: 'gzip' }),
  webhook('webhook of empty lists', '[]', { encoding: 'gzip' }),
  webhook('webhook of numbers that become longer', '1e20', { encoding: 'gzip' }),
  webhook('webhook of objects, with a long id', '{}', { encoding: 'gzip', userId: '12345678901234567' }),
  list('webhook of 4,000 events', 4_000),
  webhook('webhook of 100,000 traits', '', { write: (call) => traits('webhook of 100,000 traits', call) }),
];

/** The bytes of a call, as they are sent. */
export function encode({ encoding }: Shape, body: string): Buffer {
  if (encoding === 'gzip') return gzipSync(body, { level: 1 });
  const bytes = Buffer.from(body);
  if (encoding === undefined) return bytes;
  // With the largest window that there is.
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
}
