import type { Place, Program } from './program';
import { anyTimes, either, optional } from './program';
import { CLASS_ESCAPES, LINE_ENDS } from './ranges';
import type { Range } from './ranges';

const CONTROL_ESCAPES = new Map([['t', 9], ['n', 10], ['v', 11], ['f', 12], ['r', 13]]); // prettier-ignore
const PLACES: readonly (readonly [string, Place])[] = [
  ['^', 'start'],
  ['$', 'end'],
  ['\\b', 'word_edge'],
  ['\\B', 'no_word_edge'],
];
const QUANTIFIER = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/;
const GROUP_HEAD = /^\?(?::|<[A-Za-z_$][\w$]*>)/;
const MAX_STEPS = 1_000;
const TOO_LARGE = 'its counted repeats are too large';

/** A pattern that cannot be run in bounded time; the message says why. */
export class UnsupportedPattern extends Error {}

/**
 * Reads a pattern that `new RegExp(pattern)` has already accepted, with the same meaning; greedy and lazy are one, as
 * only whether it matches is asked. Throws `UnsupportedPattern` for what cannot be matched in linear time
 * (back-references, look-around), what JavaScript only tolerates (odd escapes), and counted repeats that grow too large.
 */
export function parsePattern(pattern: string): Program {
  return new PatternReader(pattern).readChoice();
}

class PatternReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  readChoice(): Program {
    const first = this.#readSequence();
    return this.#take('|') ? either(first, this.readChoice()) : first;
  }

  #readSequence(): Program {
    let sequence: Program = [];
    while (this.#at < this.#pattern.length && !this.#ahead('|') && !this.#ahead(')')) {
      sequence = [...sequence, ...this.#readRepeat(this.#readAtom())];
      if (sequence.length > MAX_STEPS) throw new UnsupportedPattern(TOO_LARGE);
    }
    return sequence;
  }

  #readRepeat(atom: Program): Program {
    const match = this.#match(QUANTIFIER);
    if (!match) return atom;
    const [, sign, from, comma, to] = match;
    const min = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
    const max =
      sign === undefined ? (comma === undefined ? min : to ? Number(to) : Infinity) : sign === '?' ? 1 : Infinity;
    const copies = max === Infinity ? min + 1 : max;
    if (copies * atom.length > MAX_STEPS) throw new UnsupportedPattern(TOO_LARGE);
    if (atom.length === 0) return atom;
    let rest: Program = max === Infinity ? anyTimes(atom) : [];
    for (let count = min; count < max && max !== Infinity; count += 1) rest = optional([...atom, ...rest]);
    return [...Array.from({ length: min }, () => atom).flat(), ...rest];
  }

  #readAtom(): Program {
    if (this.#take('(')) return this.#readGroup();
    if (this.#take('[')) return this.#readClass();
    if (this.#take('.')) return [{ op: 'take', ranges: LINE_ENDS, negated: true }];
    for (const [sign, place] of PLACES) {
      if (this.#take(sign)) return [{ op: 'assert', place }];
    }
    return [{ op: 'take', ranges: this.#readUnits(), negated: false }];
  }

  #readGroup(): Program {
    if (!this.#match(GROUP_HEAD) && this.#ahead('?')) throw new UnsupportedPattern('it looks around');
    const inside = this.readChoice();
    this.#at += 1; // ')'
    return inside;
  }

  #readClass(): Program {
    const negated = this.#take('^');
    const ranges: Range[] = [];
    while (!this.#take(']')) {
      const low = this.#readClassUnits();
      if (!this.#ahead('-') || this.#ahead('-]')) {
        ranges.push(...low);
        continue;
      }
      this.#at += 1; // '-'
      const high = this.#readClassUnits();
      const [from, to] = [singleUnit(low), singleUnit(high)];
      // [\d-x] is no range: JavaScript reads three members.
      if (from === undefined || to === undefined) ranges.push(...low, [0x2d, 0x2d], ...high);
      else ranges.push([from, to]);
    }
    return [{ op: 'take', ranges, negated }];
  }

  #readClassUnits(): readonly Range[] {
    return this.#take('\\b') ? [[8, 8]] : this.#readUnits();
  }

  #readUnits(): readonly Range[] {
    const isEscape = this.#take('\\');
    const character = this.#pattern.charAt(this.#at);
    this.#at += 1;
    if (!isEscape || !/[A-Za-z0-9]/.test(character)) return unit(character.charCodeAt(0));
    const ranges = CLASS_ESCAPES.get(character);
    if (ranges) return ranges;
    const hex = character === 'x' ? this.#match(/^[0-9a-f]{2}/i) : character === 'u' && this.#match(/^[0-9a-f]{4}/i);
    const code = hex ? parseInt(hex[0], 16) : CONTROL_ESCAPES.get(character);
    if (code === undefined) throw new UnsupportedPattern(`it uses \\${character}`);
    return unit(code);
  }

  #ahead(text: string): boolean {
    return this.#pattern.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    const found = this.#ahead(text);
    if (found) this.#at += text.length;
    return found;
  }

  #match(expression: RegExp): RegExpExecArray | null {
    const match = expression.exec(this.#pattern.slice(this.#at));
    if (match) this.#at += match[0].length;
    return match;
  }
}

function unit(code: number): readonly Range[] {
  return [[code, code]];
}

function singleUnit(ranges: readonly Range[]): number | undefined {
  const [only, ...more] = ranges;
  return only !== undefined && more.length === 0 && only[0] === only[1] ? only[0] : undefined;
}
