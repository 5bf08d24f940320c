import { complement, DIGITS, LINE_ENDS, SPACES, WORD } from './character-classes';
import type { PatternNode, Range } from './pattern-node';

const CLASS_ESCAPES: Readonly<Record<string, readonly Range[]>> = {
  d: DIGITS,
  D: complement(DIGITS),
  w: WORD,
  W: complement(WORD),
  s: SPACES,
  S: complement(SPACES),
};
const CONTROL_ESCAPES: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };
const QUANTIFIER = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/;

/**
 * Reads a pattern that `new RegExp(pattern)` has already accepted, with the same meaning. Undefined where it uses what
 * cannot be matched in linear time (back-references, look-around) or what JavaScript only tolerates (odd escapes).
 */
export function parsePattern(pattern: string): PatternNode | undefined {
  const reader = new PatternReader(pattern);
  try {
    return reader.readChoice();
  } catch (error) {
    if (error instanceof UnsupportedSyntax) return undefined;
    throw error;
  }
}

class UnsupportedSyntax extends Error {}

class PatternReader {
  private at = 0;

  constructor(private readonly pattern: string) {}

  readChoice(): PatternNode {
    const nodes = [this.readSequence()];
    while (this.take('|')) nodes.push(this.readSequence());
    return { kind: 'choice', nodes };
  }

  private readSequence(): PatternNode {
    const nodes: PatternNode[] = [];
    while (this.at < this.pattern.length && !this.ahead('|') && !this.ahead(')')) {
      nodes.push(this.readQuantifier(this.readAtom()));
    }
    return { kind: 'sequence', nodes };
  }

  private readQuantifier(node: PatternNode): PatternNode {
    const match = QUANTIFIER.exec(this.pattern.slice(this.at));
    if (!match) return node;
    this.at += match[0].length;
    const [, sign, from, comma, to] = match;
    if (sign !== undefined) {
      return { kind: 'repeat', node, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity };
    }
    const min = Number(from);
    const max = comma === undefined ? min : to ? Number(to) : Infinity;
    return { kind: 'repeat', node, min, max };
  }

  private readAtom(): PatternNode {
    if (this.take('(')) return this.readGroup();
    if (this.take('[')) return this.readClass();
    if (this.take('.')) return { kind: 'set', ranges: LINE_ENDS, negated: true };
    if (this.take('^')) return { kind: 'assert', place: 'start' };
    if (this.take('$')) return { kind: 'assert', place: 'end' };
    if (this.take('\\b')) return { kind: 'assert', place: 'word_edge' };
    if (this.take('\\B')) return { kind: 'assert', place: 'no_word_edge' };
    return { kind: 'set', ranges: this.readUnits(), negated: false };
  }

  private readGroup(): PatternNode {
    if (!this.take('?:') && this.ahead('?')) {
      const name = /^\?<[A-Za-z_$][\w$]*>/.exec(this.pattern.slice(this.at));
      if (!name) throw new UnsupportedSyntax();
      this.at += name[0].length;
    }
    const inside = this.readChoice();
    this.at += 1; // ')'
    return inside;
  }

  private readClass(): PatternNode {
    const negated = this.take('^');
    const ranges: Range[] = [];
    while (!this.take(']')) {
      const low = this.readClassUnits();
      if (!this.ahead('-') || this.pattern[this.at + 1] === ']') {
        ranges.push(...low);
        continue;
      }
      this.at += 1; // '-'
      const high = this.readClassUnits();
      const from = singleUnit(low);
      const to = singleUnit(high);
      // [\d-x] is no range: JavaScript reads three members.
      if (from === undefined || to === undefined) ranges.push(...low, [0x2d, 0x2d], ...high);
      else ranges.push([from, to]);
    }
    return { kind: 'set', ranges, negated };
  }

  private readClassUnits(): readonly Range[] {
    return this.take('\\b') ? unit(8) : this.readUnits();
  }

  private readUnits(): readonly Range[] {
    if (!this.take('\\')) return unit(this.pattern.charCodeAt(this.at++));
    const letter = this.pattern.charAt(this.at++);
    const inClass = CLASS_ESCAPES[letter];
    if (inClass) return inClass;
    const control = CONTROL_ESCAPES[letter];
    if (control !== undefined) return unit(control);
    if (letter === 'x') return unit(this.readHex(2));
    if (letter === 'u') return unit(this.readHex(4));
    if (/[A-Za-z0-9]/.test(letter)) throw new UnsupportedSyntax();
    return unit(letter.charCodeAt(0));
  }

  private readHex(digits: number): number {
    const text = this.pattern.slice(this.at, this.at + digits);
    if (text.length < digits || !/^[0-9a-f]+$/i.test(text)) throw new UnsupportedSyntax();
    this.at += digits;
    return parseInt(text, 16);
  }

  private ahead(text: string): boolean {
    return this.pattern.startsWith(text, this.at);
  }

  private take(text: string): boolean {
    const found = this.ahead(text);
    if (found) this.at += text.length;
    return found;
  }
}

function unit(code: number): readonly Range[] {
  return [[code, code]];
}

function singleUnit(ranges: readonly Range[]): number | undefined {
  const [only, ...more] = ranges;
  return only !== undefined && more.length === 0 && only[0] === only[1] ? only[0] : undefined;
}
