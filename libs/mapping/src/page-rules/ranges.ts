/** UTF-16 code units from one to another, both included. */
export type Range = readonly [from: number, to: number];

const singles = new Map<number, readonly Range[]>();

/** Only this code unit; the same list each time, so that steps that take the same are found fast. */
export function unitRanges(unit: number): readonly Range[] {
  const ranges = singles.get(unit) ?? [[unit, unit]];
  singles.set(unit, ranges);
  return ranges;
}

export const WORD = rangesOf('09', 'AZ', '__', 'az');
export const LINE_ENDS = rangesOf('\n\n', '\r\r', '\u2028\u2029');

const DIGITS = rangesOf('09');
// ECMAScript's WhiteSpace and LineTerminator.
const SPACES = rangesOf(
  ...['\t\r', '  ', '\xa0\xa0', '\u1680\u1680', '\u2000\u200a', '\u2028\u2029', '\u202f\u202f', '\u205f\u205f'],
  ...['\u3000\u3000', '\ufeff\ufeff'],
);

/** What `\d`, `\W` and so on stand for, by their letter; each holds all cases of what it holds. */
export const CLASS_ESCAPES: ReadonlyMap<string, readonly Range[]> = new Map([
  ['d', DIGITS],
  ['D', complement(DIGITS)],
  ['w', WORD],
  ['W', complement(WORD)],
  ['s', SPACES],
  ['S', complement(SPACES)],
]);

export function contains(ranges: readonly Range[], unit: number): boolean {
  // By index: the automaton asks this all the time, and destructuring is slow until the engine has seen enough of it.
  for (const range of ranges) if (range[0] <= unit && unit <= range[1]) return true;
  return false;
}

function rangesOf(...pairs: string[]): readonly Range[] {
  return pairs.map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]);
}

/** What lies around and between the ranges, which are sorted and apart. */
function complement(ranges: readonly Range[]): readonly Range[] {
  const starts = [0, ...ranges.map(([, to]) => to + 1)];
  return starts.map((from, index) => [from, (ranges[index]?.[0] ?? 0x10000) - 1]);
}
