import type { Parsed } from '@segment-userleap/validation';
import { codePointLength } from '@segment-userleap/validation';
import { MAX_URL_PATTERN_LENGTH } from '@segment-userleap/userleap-api';
import { parsePattern, UnsupportedPattern } from './parse-pattern';
import type { Program } from './program';
import { literal } from './program';

/** What a URL must be like: the program matches somewhere in it, or, negated, nowhere. */
export interface PageRule {
  readonly program: Program;
  readonly negated: boolean;
}

const START: Program = [{ op: 'assert', place: 'start' }];
const END: Program = [{ op: 'assert', place: 'end' }];

/** The vendor's match types (its documentation and browser SDK, 2026): a text is compared with regard to case. */
const KINDS: ReadonlyMap<string, (text: string) => Program> = new Map([
  ['regex', (text) => parsePattern(text, false)],
  ['contains', literal],
  ['notContains', literal],
  ['exactly', (text) => [...START, ...literal(text), ...END]],
  ['notExactly', (text) => [...START, ...literal(text), ...END]],
  ['startsWith', (text) => [...START, ...literal(text)]],
  ['endsWith', (text) => [...literal(text), ...END]],
]);
const KIND = /^([a-z]+):\s*/i;

/** True for a pattern without a kind, which matches without regard to case. */
export function isBareRule(rule: string): boolean {
  return !KINDS.has(KIND.exec(rule)?.[1] ?? '');
}

/**
 * Reads one rule for page URLs: `kind:text`, or a bare pattern, which is a regular expression without regard to case, as
 * all patterns of the UserLeap years are (before 27 September 2021). What begins with the name of a kind is of that kind.
 */
export function parsePageRule(rule: string): Parsed<PageRule> {
  if (codePointLength(rule) > MAX_URL_PATTERN_LENGTH) {
    return refuse(`expected a pattern of at most ${MAX_URL_PATTERN_LENGTH} characters`);
  }
  const [head, name = ''] = KIND.exec(rule) ?? [''];
  const readText = KINDS.get(name);
  const meant = [...KINDS.keys()].find((kind) => kind.toLowerCase() === name.toLowerCase());
  if (!readText && meant !== undefined) return refuse(`expected ${meant}: in this spelling`);
  if (readText && head === rule) return refuse(`expected a text after ${name}:`);
  try {
    const program = readText ? readText(rule.slice(head.length)) : parsePattern(rule, true);
    return { ok: true, value: { program, negated: readText !== undefined && name.startsWith('not') } };
  } catch (error) {
    if (error instanceof UnsupportedPattern) {
      return refuse(`expected a regular expression that can be matched in bounded time; ${error.message}`);
    }
    if (error instanceof SyntaxError) return refuse('expected a regular expression');
    throw error;
  }
}

function refuse(message: string): Parsed<PageRule> {
  return { ok: false, issues: [{ path: '', message }] };
}
