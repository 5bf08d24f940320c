import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import type { BodyKind } from './body-kinds';
import { CANARY } from './hostile-case';

const BOMB_BYTES = 110 * 1024 * 1024;
const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

type Bomb = readonly [encoding: string, body: Buffer];

// Made once, and not while answers are waited for: it takes seconds.
const BOMBS = makeBombs();

/** By name: bodies that are large, or become so. Rarely drawn: they cost both sides. */
export const LARGE_KINDS: Readonly<Record<string, BodyKind>> = {
  'a compression bomb': (random, draft) => {
    const [encoding, body] = random.pick(BOMBS);
    draft.body = body;
    draft.headers.push(['Content-Encoding', encoding]);
  },
  'a body over the limit': (random, draft) => {
    draft.body = Buffer.from(`{"userId": "${'x'.repeat(random.magnitude(30_000, 6_000_000))}"}`);
  },
  'a compressed body over the limit': (random, draft) => {
    draft.body = gzipSync(`{"userId": "${'x'.repeat(random.magnitude(30_000, 6_000_000))}"}`);
    draft.headers.push(['Content-Encoding', 'gzip']);
  },
  'many events': (random, draft) => {
    // Without type: they have their end at once.
    const events = Array.from({ length: random.magnitude(1_000, 4_100) }, () => `{"event": "${CANARY}"}`).join(',');
    draft.body = Buffer.from(draft.target.startsWith('/webhooks') ? `[${events}]` : `{"batch": [${events}]}`);
  },
};

function makeBombs(): readonly [Bomb, ...Bomb[]] {
  const text = Buffer.alloc(BOMB_BYTES, 'x');
  text.write('{"userId": "');
  const spaces = Buffer.alloc(BOMB_BYTES, ' ');
  return [
    ['gzip', gzipSync(text)],
    ['gzip', gzipSync(gzipSync(spaces))],
    ['deflate', deflateSync(spaces)],
    ['br', brotliCompressSync(text, FAST)],
    ['br', brotliCompressSync(spaces, FAST)],
  ];
}
