import { PassThrough, Readable } from 'node:stream';
import { readAnswer } from './read-answer';

const MEGABYTE = 1024 * 1024;

describe(readAnswer.name, () => {
  const never = new AbortController().signal;

  it('reads the whole text, though its letters are cut in pieces', async () => {
    const bytes = Buffer.from('{"name": "Zoë"}');
    const pieces = [...bytes].map((byte) => Buffer.from([byte]));
    expect(await readAnswer(Readable.from(pieces), never)).toBe('{"name": "Zoë"}');
  });

  it('reads nothing of an empty answer', async () => {
    expect(await readAnswer(Readable.from([]), never)).toBe('');
  });

  it('cuts what breaks off', async () => {
    expect(await readAnswer(Readable.from(broken()), never)).toBe('{"half');
  });

  it('cuts what does not end in time, and lets go of it', async () => {
    const stream = new PassThrough();
    const end = new AbortController();
    stream.write('{"half');
    stream.once('data', () => end.abort());
    expect(await readAnswer(stream, end.signal)).toBe('{"half');
    expect(stream.destroyed).toBe(true);
  });

  it('cuts what is too large, and lets go of it', async () => {
    const stream = Readable.from(endless());
    const answer = await readAnswer(stream, never);
    expect(answer.length).toBeGreaterThan(MEGABYTE);
    expect(answer.length).toBeLessThan(MEGABYTE + 100_001);
    expect(stream.destroyed).toBe(true);
  });

  it('reads a megabyte whole', async () => {
    expect(await readAnswer(Readable.from([Buffer.alloc(MEGABYTE, 'x')]), never)).toHaveLength(MEGABYTE);
  });
});

function* endless(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(100_000, 'x');
}

function* broken(): Generator<Buffer> {
  yield Buffer.from('{"half');
  throw new Error('socket hang up');
}
