import type { Program } from './program';
import { WORD } from './ranges';
import type { Range } from './ranges';

const ASCII = 128;

/** Code units that no step of a program tells apart, as one letter: so that there are few ways out of a state. */
export class Alphabet {
  /** A code unit that stands for all of a letter, by letter. */
  readonly units: readonly number[];
  /** The code units at which another letter begins, and those letters. */
  readonly #firsts: readonly number[];
  readonly #letters: readonly number[];
  readonly #ascii: readonly number[];

  constructor(program: Program, tellsWords: boolean) {
    const classes = new Set(program.map((step) => (step.op === 'take' ? step.ranges : [])));
    if (tellsWords) classes.add(WORD);
    const firsts = new Set([0]);
    for (const ranges of classes) for (const [from, to] of ranges) firsts.add(from).add(to + 1);
    this.#firsts = [...firsts].sort((one, other) => one - other);
    const parts = this.#tellApart(classes);
    const units = new Map<number, number>();
    parts.forEach((part, at) => units.set(part, this.#firsts[at] ?? 0));
    const letters = new Map([...units.keys()].map((part, letter) => [part, letter]));
    this.units = [...units.values()];
    this.#letters = parts.map((part) => letters.get(part) ?? 0);
    this.#ascii = Array.from({ length: ASCII }, (_, unit) => this.#letters[this.#placeOf(unit)] ?? 0);
  }

  letterOf(unit: number): number {
    return this.#ascii[unit] ?? this.#letters[this.#placeOf(unit)] ?? 0;
  }

  /** For each place in `#firsts` a number, the same where all classes hold all or nothing. */
  #tellApart(classes: Iterable<readonly Range[]>): readonly number[] {
    const parts = this.#firsts.map(() => 0);
    let count = 1;
    for (const ranges of classes) {
      const inside = new Map<number, number>();
      const seen = new Set<number>();
      for (const [from, to] of ranges) {
        for (let at = this.#placeOf(from); at < parts.length && (this.#firsts[at] ?? 0) <= to; at += 1) {
          // Ranges of a class may overlap.
          if (seen.has(at)) continue;
          seen.add(at);
          const part = parts[at] ?? 0;
          const split = inside.get(part) ?? count++;
          inside.set(part, split);
          parts[at] = split;
        }
      }
    }
    return parts;
  }

  /** The last place in `#firsts` that is not beyond the code unit. */
  #placeOf(unit: number): number {
    let [low, high] = [0, this.#firsts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#firsts[middle] ?? 0) <= unit) low = middle;
      else high = middle;
    }
    return low;
  }
}
