import type { Range } from './pattern-node';

export const MAX_UNIT = 0xffff;

export const DIGITS: readonly Range[] = [[0x30, 0x39]];

export const WORD: readonly Range[] = [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]]; // prettier-ignore

export const LINE_ENDS: readonly Range[] = [[0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029]]; // prettier-ignore

// ECMAScript WhiteSpace and LineTerminator.
export const SPACES: readonly Range[] = [
  [0x09, 0x0d], [0x20, 0x20], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a],
  [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff],
]; // prettier-ignore

/** What is not in `ranges`, which are sorted and apart. */
export function complement(ranges: readonly Range[]): readonly Range[] {
  const gaps: Range[] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  return next <= MAX_UNIT ? [...gaps, [next, MAX_UNIT]] : gaps;
}

export function contains(ranges: readonly Range[], unit: number): boolean {
  return ranges.some(([from, to]) => from <= unit && unit <= to);
}
