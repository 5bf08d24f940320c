import { allCases } from './all-cases';
import type { Place, Program, Step } from './program';
import { anyTimes, either, lookAhead, optional } from './program';
import { CLASS_ESCAPES, LINE_ENDS, unitRanges } from './ranges';
import type { Range } from './ranges';

const CONTROL_ESCAPES = new Map([['t', 9], ['n', 10], ['v', 11], ['f', 12], ['r', 13]]); // oxfmt-ignore
const PLACES: readonly (readonly [string, Place])[] = [
  ['^', 'start'],
  ['$', 'end'],
  ['\\b', 'word_edge'],
  ['\\B', 'no_word_edge'],
];
const QUANTIFIER = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y;
const GROUP_HEAD = /(?:\?:|\?([=!]))?/y;
const HEX_2 = /[0-9a-f]{2}/iy;
const HEX_4 = /[0-9a-f]{4}/iy;
// Without a character that a quantifier follows.
const PLAIN_TEXT = /[^\\^$.*+?()[\]{}|]+(?![*+?{])/y;
// Escapes and classes are passed over whole: what looks like the head of a group in them is none.
const HEADS = /\\[^]|\[(?:\\[^]|[^\\\]])*\]|\(\?(?:<[=!]|<[^>]*>|[ims]*-?[ims]*:)/g;
const MAX_STEPS = 1_000;
const TOO_LARGE = 'its counted repeats are too large';

/** A pattern that cannot be run in bounded time; the message says why. */
export class UnsupportedPattern extends Error {}

/** A regular expression in two forms of one meaning: the engine's own, which may take for ever, and one that never does. */
export interface Pattern {
  readonly expression: RegExp;
  readonly program: Program;
}

/**
 * Reads a JavaScript regular expression with the meaning that it has with the flag `i`, or without flags; greedy and lazy
 * are one, as only whether it matches is asked. Throws a `SyntaxError` for what JavaScript refuses, and `UnsupportedPattern`
 * for what cannot be matched in linear time (back-references, look-behind), what JavaScript only tolerates (odd escapes) or
 * knows in some versions only (`(?i:`), and counted repeats that grow too large.
 */
export function parsePattern(pattern: string, ignoreCase: boolean): Pattern {
  const plain = pattern.replace(HEADS, toPlainHead);
  const expression = new RegExp(plain, ignoreCase ? 'i' : '');
  return { expression, program: new PatternReader(plain, ignoreCase).readChoice() };
}

/** Names of groups mean nothing here; whether one may come twice depends on the version of JavaScript. */
function toPlainHead(token: string): string {
  if (!token.startsWith('(?') || token === '(?:') return token;
  if (!token.endsWith('>')) throw new UnsupportedPattern(`it uses ${token}`);
  // Throws for a name that is none. Asked something, as a bundler leaves out what nobody uses.
  new RegExp(`${token})`).test('');
  return '(?:';
}

class PatternReader {
  readonly #pattern: string;
  readonly #ignoreCase: boolean;
  #at = 0;

  constructor(pattern: string, ignoreCase: boolean) {
    this.#pattern = pattern;
    this.#ignoreCase = ignoreCase;
  }

  readChoice(): Program {
    const first = this.#readSequence();
    return this.#take('|') ? either(first, this.readChoice()) : first;
  }

  #readSequence(): Program {
    const sequence: Step[] = [];
    while (this.#at < this.#pattern.length && !this.#ahead('|') && !this.#ahead(')')) {
      const plain = this.#match(PLAIN_TEXT)?.[0];
      sequence.push(...(plain === undefined ? this.#readRepeat(this.#readAtom()) : this.#textOf(plain)));
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
    return [{ op: 'take', ranges: this.#casesOf(this.#readUnits()), negated: false }];
  }

  #readGroup(): Program {
    const look = this.#match(GROUP_HEAD)?.[1];
    const inside = this.readChoice();
    this.#at += 1; // ')'
    return look === undefined ? inside : lookAhead(inside, look === '!');
  }

  #readClass(): Program {
    const negated = this.#take('^');
    const ranges: Range[] = [];
    while (!this.#take(']')) {
      const low = this.#readClassUnits();
      if (!this.#ahead('-') || this.#ahead('-]')) {
        ranges.push(...this.#casesOf(low));
        continue;
      }
      this.#at += 1; // '-'
      const high = this.#readClassUnits();
      const [from, to] = [singleUnit(low), singleUnit(high)];
      // [\d-x] is no range: JavaScript reads three members.
      if (from === undefined || to === undefined) {
        ranges.push(...this.#casesOf(low), [0x2d, 0x2d], ...this.#casesOf(high));
      } else {
        ranges.push(...this.#casesOf([[from, to]]));
      }
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
    if (!isEscape || !/[A-Za-z0-9]/.test(character)) return unitRanges(character.charCodeAt(0));
    const ranges = CLASS_ESCAPES.get(character);
    if (ranges) return ranges;
    const hex = character === 'x' ? this.#match(HEX_2) : character === 'u' && this.#match(HEX_4);
    const code = hex ? parseInt(hex[0], 16) : CONTROL_ESCAPES.get(character);
    if (code === undefined) throw new UnsupportedPattern(`it uses \\${character}`);
    return unitRanges(code);
  }

  /** What is written as one unit or one range, in all cases if they do not matter; classes hold them already. */
  #casesOf(ranges: readonly Range[]): readonly Range[] {
    const [only] = ranges;
    return this.#ignoreCase && only && ranges.length === 1 ? allCases(...only) : ranges;
  }

  #textOf(text: string): Program {
    return Array.from({ length: text.length }, (_, at): Step => {
      return { op: 'take', ranges: this.#casesOf(unitRanges(text.charCodeAt(at))), negated: false };
    });
  }

  #ahead(text: string): boolean {
    return this.#pattern.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    const found = this.#ahead(text);
    if (found) this.#at += text.length;
    return found;
  }

  /** Of a sticky expression, here. */
  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.#pattern);
    if (match) this.#at = expression.lastIndex;
    return match;
  }
}

function singleUnit(ranges: readonly Range[]): number | undefined {
  const [only, ...more] = ranges;
  return only !== undefined && more.length === 0 && only[0] === only[1] ? only[0] : undefined;
}
