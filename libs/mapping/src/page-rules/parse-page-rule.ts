import type { Parsed } from '@segment-userleap/validation';
import { isLongerThan } from '@segment-userleap/validation';
import { MAX_URL_PATTERN_LENGTH } from '@segment-userleap/userleap-api';
import { PageRule } from './page-rule';
import { parsePattern, UnsupportedPattern } from './parse-pattern';

const SPECIAL = /[\\^$.*+?()[\]{}|]/g;

/** The vendor's match types (its documentation and browser SDK, 2026), as regular expressions: with regard to case. */
const KINDS: ReadonlyMap<string, (text: string) => string> = new Map([
  ['regex', (text) => text],
  ['contains', escape],
  ['notContains', escape],
  ['exactly', (text) => `^${escape(text)}$`],
  ['notExactly', (text) => `^${escape(text)}$`],
  ['startsWith', (text) => `^${escape(text)}`],
  ['endsWith', (text) => `${escape(text)}$`],
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
  if (isLongerThan(rule, MAX_URL_PATTERN_LENGTH)) {
    return refuse(`expected a pattern of at most ${MAX_URL_PATTERN_LENGTH} characters`);
  }
  const [head, name = ''] = KIND.exec(rule) ?? [''];
  const toPattern = KINDS.get(name);
  const meant = [...KINDS.keys()].find((kind) => kind.toLowerCase() === name.toLowerCase());
  if (!toPattern && meant !== undefined) return refuse(`expected ${meant}: in this spelling`);
  if (toPattern && head === rule) return refuse(`expected a text after ${name}:`);
  try {
    const pattern = toPattern ? parsePattern(toPattern(rule.slice(head.length)), false) : parsePattern(rule, true);
    return { ok: true, value: new PageRule(pattern, toPattern !== undefined && name.startsWith('not')) };
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

function escape(text: string): string {
  return text.replace(SPECIAL, '\\$&');
}
