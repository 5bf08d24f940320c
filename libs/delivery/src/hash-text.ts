/** The key of hashes: two numbers of 32 bits that whoever keeps the hashes keeps to itself. */
export type Secret = readonly [number, number];

/**
 * A keyed hash of 64 bits, in two halves: HalfSipHash-2-4 (Aumasson and Bernstein, reference code `halfsiphash.c`) of the text's
 * UTF-16 units, the low byte first. Without the secret nobody can try which text it may have been.
 */
export function hashText(text: string, [low, high]: Secret): readonly [number, number] {
  let [a, b, c, d] = [low, high ^ 0xee, low ^ 0x6c796765, high ^ 0x74656462];
  const mix = (rounds: number): void => {
    for (; rounds > 0; rounds -= 1) {
      a += b;
      b = turn(b, 5) ^ a;
      a = turn(a, 16);
      c += d;
      d = turn(d, 8) ^ c;
      a += d;
      d = turn(d, 7) ^ a;
      c += b;
      b = turn(b, 13) ^ c;
      c = turn(c, 16);
    }
  };
  // Two units make a word; the last word has the length in bytes at its top.
  for (let at = 0; at <= text.length; at += 2) {
    const isLast = at + 1 >= text.length;
    const word = text.charCodeAt(at) | (isLast ? text.length << 25 : text.charCodeAt(at + 1) << 16);
    d ^= word;
    mix(2);
    a ^= word;
  }
  c ^= 0xee;
  mix(4);
  const first = b ^ d;
  b ^= 0xdd;
  mix(4);
  return [first >>> 0, (b ^ d) >>> 0];
}

function turn(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
