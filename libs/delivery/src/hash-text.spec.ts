import { hashText } from './hash-text';

/** The key that the reference vectors share: the bytes 0 to 7. */
const KEY = [0x03020100, 0x07060504] as const;

describe(hashText.name, () => {
  it.each([
    ['', [0x21, 0x8d, 0x1f, 0x59, 0xb9, 0xb8, 0x3c, 0xc8]],
    ['\u0100', [0x06, 0x4f, 0x39, 0xef, 0x7c, 0x50, 0xeb, 0x57]],
    ['\u0100\u0302', [0xd5, 0xe7, 0x8a, 0x17, 0x5b, 0xe5, 0x2e, 0xa1]],
    ['\u0100\u0302\u0504', [0xce, 0x3e, 0x91, 0x35, 0x8a, 0xa2, 0xbc, 0x25]],
  ])('is HalfSipHash-2-4, as its reference vectors say (%j)', (text, expected) => {
    const bytes = hashText(text, KEY).flatMap((half) => [0, 8, 16, 24].map((bits) => (half >>> bits) & 0xff));
    expect(bytes).toEqual(expected);
  });

  it('is another one with another secret', () => {
    expect(hashText('pro', [1, 2])).not.toEqual(hashText('pro', [1, 3]));
    expect(hashText('pro', [1, 2])).not.toEqual(hashText('pro', [2, 2]));
  });
});
