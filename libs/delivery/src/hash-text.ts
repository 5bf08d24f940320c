/** The key of hashes: two numbers of 32 bits that whoever keeps the hashes keeps to itself. */
export type Secret = readonly [number, number];

/**
 * A keyed hash of 64 bits, in two halves: HalfSipHash-2-4 (Aumasson and Bernstein, reference code `halfsiphash.c`) of the text's
 * UTF-16 units, the low byte first. Without the secret nobody can try which text it may have been.
 */
export function hashText(text: string, [low, high]: Secret): readonly [number, number] {
  let a = low;
  let b = high ^ 0xee;
  let c = low ^ 0x6c796765;
  let d = high ^ 0x74656462;
  let first = 0;
  // Two units make a word; the last word has the length in bytes at its top. Two steps without a word make the two halves.
  const words = Math.floor(text.length / 2) + 1;
  for (let step = 0; step < words + 2; step += 1) {
    const word = step < words ? wordAt(text, step * 2) : 0;
    if (step === words) c ^= 0xee;
    else if (step > words) {
      first = b ^ d;
      b ^= 0xdd;
    }
    d ^= word;
    for (let rounds = step < words ? 2 : 4; rounds > 0; rounds -= 1) {
      a = (a + b) | 0;
      b = turn(b, 5) ^ a;
      a = turn(a, 16);
      c = (c + d) | 0;
      d = turn(d, 8) ^ c;
      a = (a + d) | 0;
      d = turn(d, 7) ^ a;
      c = (c + b) | 0;
      b = turn(b, 13) ^ c;
      c = turn(c, 16);
    }
    a ^= word;
  }
  return [first >>> 0, (b ^ d) >>> 0];
}

function wordAt(text: string, at: number): number {
  const isLast = at + 1 >= text.length;
  return (at < text.length ? text.charCodeAt(at) : 0) | (isLast ? text.length << 25 : text.charCodeAt(at + 1) << 16);
}

function turn(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
