import type { SeededRandom } from '@segment-userleap/relay-driver';
import { toBytes, toHead } from './draft';
import type { Draft, Wire } from './draft';
import { CANARY } from './hostile-case';
import { BAD_CHUNKS, LENGTHS, NOISE } from './odd-bytes';

/** Writes a request otherwise than it should be written. */
export type WireKind = (random: SeededRandom, draft: Draft) => Wire;

const CHUNKED = [['Transfer-Encoding', 'chunked']] as const;

/** By name: what can be wrong with how a request is written. */
export const WIRE_KINDS: Readonly<Record<string, WireKind>> = {
  'a length too small': (random, draft) => {
    const announced = random.between(0, Math.max(0, draft.body.length - 1));
    return broken(toHead(draft, [['Content-Length', String(announced)]]), draft.body, Buffer.from('\r\n\r\n'));
  },
  'a length too large': (random, draft) => {
    const announced = draft.body.length + random.magnitude(1, 1_000_000);
    const bytes = Buffer.concat([toHead(draft, [['Content-Length', String(announced)]]), draft.body]);
    return { bytes, ending: random.pick(['half-closed', 'abandoned']) };
  },
  'an odd length': (random, draft) => broken(toHead(draft, [['Content-Length', random.pick(LENGTHS)]]), draft.body),
  'two lengths': (_, draft) => {
    const lengths = [
      ['Content-Length', String(draft.body.length)],
      ['Content-Length', '7'],
    ] as const;
    return broken(toHead(draft, lengths), draft.body);
  },
  'a length and chunks': (random, draft) => {
    const length = ['Content-Length', String(random.between(0, 100))] as const;
    return broken(toHead(draft, [length, ...CHUNKED]), chunked(random, draft.body));
  },
  'an odd transfer encoding': (random, draft) => {
    const coding = random.pick([
      'identity',
      'gzip',
      'gzip, chunked',
      'chunked, chunked',
      'chunked, gzip',
      CANARY,
      'xchunked',
    ]);
    return broken(toHead(draft, [['Transfer-Encoding', coding]]), chunked(random, draft.body));
  },
  'in chunks': (random, draft) => ({
    bytes: Buffer.concat([toHead(draft, CHUNKED), chunked(random, draft.body)]),
    ending: 'whole',
  }),
  'bad chunks': (random, draft) => {
    const good = chunked(random, draft.body).subarray(0, -'0\r\n\r\n'.length);
    const bad = Buffer.from(random.pick(BAD_CHUNKS));
    const bytes = Buffer.concat([toHead(draft, CHUNKED), good, bad]);
    return { bytes, ending: 'half-closed' };
  },
  trailers: (random, draft) => {
    const trailers = Buffer.from(`${CANARY}: ${'x'.repeat(random.magnitude(1, 50_000))}\r\n\r\n`);
    const body = chunked(random, draft.body).subarray(0, -'\r\n'.length);
    return broken(toHead(draft, CHUNKED), body, trailers);
  },
  'several in one': (random, draft) => {
    const good = toBytes(draft);
    const parts = Array.from({ length: random.between(2, 12) }, () =>
      random.next() < 0.8 ? good : Buffer.from(random.pick(NOISE), 'latin1'),
    );
    return broken(good, ...parts);
  },
  'half a request': (random, draft) => {
    const bytes = toBytes(draft);
    return {
      bytes: bytes.subarray(0, random.between(1, bytes.length - 1)),
      ending: random.pick(['half-closed', 'abandoned']),
    };
  },
  'gone before the answer': (_, draft) => ({ bytes: toBytes(draft), ending: 'abandoned' }),
  'no HTTP': (random) => ({ bytes: Buffer.from(random.pick(NOISE), 'latin1'), ending: 'half-closed' }),
  'a tunnel': (_, draft) => ({
    bytes: toHead({ ...draft, method: 'CONNECT', target: `${CANARY}:443` }, []),
    ending: 'half-closed',
  }),
  'line feeds alone': (_, draft) => {
    const head = toHead(draft, [['Content-Length', String(draft.body.length)]]).toString('latin1');
    return {
      bytes: Buffer.concat([Buffer.from(head.replaceAll('\r', ''), 'latin1'), draft.body]),
      ending: 'half-closed',
    };
  },
  'another version': (random, draft) => {
    const version = random.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/1.2', 'ICE/1.0', '']);
    const bytes = Buffer.from(toBytes(draft).toString('latin1').replace('HTTP/1.1', version), 'latin1');
    return { bytes, ending: 'half-closed' };
  },
};

function broken(...parts: readonly Buffer[]): Wire {
  return { bytes: Buffer.concat(parts), ending: 'broken' };
}

function chunked(random: SeededRandom, body: Buffer): Buffer {
  const size = random.magnitude(1, 10_000);
  const parts: Buffer[] = [];
  // So small that it would be slow, a large body is not cut.
  const step = Math.max(size, Math.ceil(body.length / 500));
  for (let at = 0; at < body.length; at += step) {
    const chunk = body.subarray(at, at + step);
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
