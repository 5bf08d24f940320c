import { readBounded } from './read-bounded';

describe(readBounded.name, () => {
  it('reads a text whose characters are split between pieces', async () => {
    const [first, second] = [Uint8Array.of(0x61, 0xc3), Uint8Array.of(0xa9)];
    expect(await readBounded(new Response(streamOf(first, second)), 3)).toBe('aé');
  });

  it('gives up what is longer than it may be', async () => {
    expect(await readBounded(new Response('abcd'), 3)).toBeUndefined();
  });

  it('takes no body for an empty text', async () => {
    expect(await readBounded(new Response(null), 3)).toBe('');
  });
});

function streamOf(...pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}
