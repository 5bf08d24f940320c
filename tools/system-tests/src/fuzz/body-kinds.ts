import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { SeededRandom } from '@segment-userleap/relay-driver';
import type { Draft } from './draft';
import { CANARY } from './hostile-case';

/** Does something to the body that a request has. */
export type BodyKind = (random: SeededRandom, draft: Draft) => void;

const COMPRESS = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  br: (body: Buffer) => brotliCompressSync(body),
} as const;
const ENCODINGS = ['gzip', 'x-gzip', 'deflate', 'br'] as const;

const BAD_UTF8 = ['ff', 'c080', 'eda080', 'f8888080', 'e28228', '80', 'f4908080'] as const;
const ROOTS = ['', ' ', 'null', 'true', '5', '""', '[]', '[[]]', '[null]', '{}', '{"batch": null}', '{"batch": {}}',
  '{"batch": [], "context": 5}', '{"batch": [[]]}', '[{"json": null}]', '[{"json": {"json": {}}}]', 'undefined',
  `"${CANARY}"`, '\ufeff', '\ufeff{}', '{"batch": [], "writeKey": {}}', '{"batch": [1], "integrations": []}',
] as const; // oxfmt-ignore

/** By name: what can be wrong with a body. */
export const BODY_KINDS: Readonly<Record<string, BodyKind>> = {
  'broken JSON': (random, draft) => void (draft.body = damage(random, draft.body, '{}[]",:\\ue0-')),
  'bad UTF-8': (random, draft) => {
    const at = random.between(0, draft.body.length);
    draft.body = insert(draft.body, at, Buffer.from(random.pick(BAD_UTF8), 'hex'));
  },
  'UTF-16': (_, draft) => void (draft.body = Buffer.from(`\ufeff${draft.body.toString()}`, 'utf16le')),
  'an odd root': (random, draft) => void (draft.body = Buffer.from(random.pick(ROOTS))),
  'noise for a body': (random, draft) => {
    draft.body = Buffer.from(Array.from({ length: random.magnitude(1, 2_000) }, () => random.between(0, 255)));
  },
  'a compressed body': (random, draft) => void compress(random, draft),
  'a truncated compressed body': (random, draft) => {
    compress(random, draft);
    draft.body = draft.body.subarray(0, random.between(0, draft.body.length - 1));
  },
  'a garbled compressed body': (random, draft) => {
    compress(random, draft);
    draft.body = damage(random, draft.body, '\0\u0001\u007f');
  },
  'more after a compressed body': (random, draft) => {
    compress(random, draft);
    draft.body = Buffer.concat([draft.body, random.next() < 0.5 ? draft.body : Buffer.from(CANARY)]);
  },
  'a wrong encoding': (random, draft) => {
    if (random.next() < 0.5) compress(random, draft);
    draft.headers.push(['Content-Encoding', random.pick(ENCODINGS)]);
  },
  'raw deflate': (_, draft) => {
    draft.body = deflateRawSync(draft.body);
    draft.headers.push(['Content-Encoding', 'deflate']);
  },
  'an unknown encoding': (random, draft) => {
    const names = ['zstd', 'compress', 'gzip, gzip', 'gzip;q=1', ';;;', '', ',', 'GZIP', ' br ', CANARY] as const;
    draft.headers.push(['Content-Encoding', random.pick([...names, 'gzip,'.repeat(500), '__proto__', 'constructor'])]);
  },
  'encoded twice': (random, draft) => {
    compress(random, draft);
    compress(random, draft);
  },
};

function compress(random: SeededRandom, draft: Draft): void {
  const encoding = random.pick(ENCODINGS);
  draft.body = COMPRESS[encoding](draft.body);
  draft.headers.push(['Content-Encoding', encoding]);
}

function insert(body: Buffer, at: number, bytes: Buffer): Buffer {
  return Buffer.concat([body.subarray(0, at), bytes, body.subarray(at)]);
}

/** Something is missing, or is too much, or is something else. */
function damage(random: SeededRandom, body: Buffer, characters: string): Buffer {
  const at = random.between(0, Math.max(0, body.length - 1));
  const character = Buffer.from(characters.charAt(random.between(0, characters.length - 1)));
  switch (random.between(1, 4)) {
    case 1:
      return body.subarray(0, at);
    case 2:
      return insert(body, at, character);
    case 3:
      return Buffer.concat([body.subarray(0, at), body.subarray(at + random.between(1, 20))]);
    default:
      return Buffer.concat([body.subarray(0, at), character, body.subarray(at + 1)]);
  }
}
