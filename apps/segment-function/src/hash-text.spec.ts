import { hashText } from './hash-text';

describe(hashText.name, () => {
  // From the authors' test vectors (Fowler, Noll, Vo: FNV-1a, 32 bits).
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('is FNV-1a: %j', (text, hash) => {
    expect(parseInt(hashText(text), 36)).toBe(hash);
  });

  it('tells apart what differs in one letter', () => {
    const texts = Array.from({ length: 1_000 }, (_, at) => `https://api.sprig.com ${String.fromCharCode(at)}-key`);
    expect(new Set(texts.map(hashText)).size).toBe(texts.length);
  });
});
