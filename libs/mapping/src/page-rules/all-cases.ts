import type { Range } from './ranges';

const CASE_DISTANCE = 32;
const BLOCK = 128;

const singles = new Map<number, readonly Range[]>();

/**
 * The range and whatever JavaScript's flag `i` (without `u`) takes for the same: code units whose upper case is one and the
 * same code unit. What is not ASCII never becomes ASCII: `ſ` is no `s` (ECMAScript 2025, 22.2.2.7.3 Canonicalize).
 */
export function allCases(from: number, to: number): readonly Range[] {
  const known = from === to ? singles.get(from) : undefined;
  if (known) return known;
  const ranges: Range[] = [[from, to], ...otherCases(from, to)];
  if (from <= 0x5a && to >= 0x41)
    ranges.push([Math.max(from, 0x41) + CASE_DISTANCE, Math.min(to, 0x5a) + CASE_DISTANCE]);
  if (from <= 0x7a && to >= 0x61)
    ranges.push([Math.max(from, 0x61) - CASE_DISTANCE, Math.min(to, 0x7a) - CASE_DISTANCE]);
  if (from === to) singles.set(from, ranges);
  return ranges;
}

/** Beyond ASCII, what is not in the range itself. */
function otherCases(from: number, to: number): readonly Range[] {
  const others: Range[] = [];
  if (to < BLOCK) return others;
  const isInside = (unit: number): boolean => from <= unit && unit <= to;
  for (const group of (sameInAnyCase ??= findSameInAnyCase())) {
    if (group.some(isInside)) for (const unit of group) if (!isInside(unit)) others.push([unit, unit]);
  }
  return others;
}

// Some 1,100 groups of code units, found when the first rule needs them: a table of them would be larger than all the rest.
let sameInAnyCase: readonly (readonly number[])[] | undefined;

function findSameInAnyCase(): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  for (let start = BLOCK; start < 0x10000; start += BLOCK) {
    const block = Array.from({ length: BLOCK }, (_, at) => String.fromCharCode(start + at));
    // Most blocks have no case at all.
    if (block.join('').toUpperCase() === block.join('')) continue;
    block.forEach((text, at) => {
      const upper = text.toUpperCase();
      const code = upper.charCodeAt(0);
      if (upper === text || upper.length > 1 || code < BLOCK) return;
      const group = groups.get(code) ?? [code];
      group.push(start + at);
      groups.set(code, group);
    });
  }
  return [...groups.values()];
}
