import type { Program } from './program';
import { contains, WORD } from './ranges';
import type { Range } from './ranges';

const ASCII = 128;

/** Code units that no step and no word edge tells apart, as one letter each: so that a state needs few ways out. */
export class Alphabet {
  /** The first code unit of each letter. */
  readonly #firsts: readonly number[];
  readonly #ascii: readonly number[];

  constructor(program: Program) {
    const firsts = new Set([0]);
    const addAll = (ranges: readonly Range[]): void => {
      for (const [from, to] of ranges) firsts.add(from).add(to + 1);
    };
    addAll(WORD);
    for (const step of program) if (step.op === 'take') addAll(step.ranges);
    this.#firsts = [...firsts].sort((one, other) => one - other);
    this.#ascii = Array.from({ length: ASCII }, (_, unit) => this.#find(unit));
  }

  get size(): number {
    return this.#firsts.length;
  }

  letterOf(unit: number): number {
    return this.#ascii[unit] ?? this.#find(unit);
  }

  /** A code unit that stands for all of the letter; none for what is no letter. */
  unitOf(letter: number): number {
    return this.#firsts[letter] ?? NaN;
  }

  isWord(letter: number): boolean {
    return contains(WORD, this.unitOf(letter));
  }

  #find(unit: number): number {
    let [low, high] = [0, this.#firsts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#firsts[middle] ?? 0) <= unit) low = middle;
      else high = middle;
    }
    return low;
  }
}
