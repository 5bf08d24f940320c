import { markBytes, NO_TEXT } from './mark-bytes';

async function mark(bytes: Buffer, length: number): Promise<Buffer> {
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
  })();
  const all: Buffer[] = [];
  for await (const chunk of markBytes(chunks)) all.push(chunk);
  return Buffer.concat(all);
}

describe(markBytes.name, () => {
  it.each([1, 2, 3, 5, 100])('leaves UTF-8 as it is, in chunks of %i', async (length) => {
    const text = Buffer.from('\uFEFFuser,name\n1,José\n2,日本\n3,😀\uFFFD\n');
    expect(await mark(text, length)).toEqual(text);
  });

  it.each([2, 3, 5, 100])('marks what is none, and nothing on other lines, in chunks of %i', async (length) => {
    const text = Buffer.concat([
      Buffer.from('1,Jos'),
      Buffer.of(0xe9),
      Buffer.from('\n2,日本\uFFFD\n3,x'),
      Buffer.of(0xc3),
    ]);
    const marked = (await mark(text, length)).toString('utf8');
    expect(marked).toBe(`1,Jos${NO_TEXT}\n2,日本\uFFFD\n3,x${NO_TEXT}`);
  });

  it('leaves UTF-16 as it is', async () => {
    const text = Buffer.from('\uFEFFuser,name\n1,José\n', 'utf16le');
    expect(await mark(text, 100)).toEqual(text);
  });
});
