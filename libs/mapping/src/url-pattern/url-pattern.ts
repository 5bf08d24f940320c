import type { Parsed } from '@segment-userleap/validation';
import { codePointLength } from '@segment-userleap/validation';
import { MAX_URL_PATTERN_LENGTH } from '@segment-userleap/userleap-api';
import { parsePattern, UnsupportedPattern } from './parse-pattern';
import { runProgram } from './run-program';

/** A partial regular expression that takes time linear in the text: no pattern of a user can hang a host. */
export interface UrlPattern {
  readonly source: string;
  /** Does the pattern match anywhere in the first 4,096 characters of the text? */
  matches(text: string): boolean;
}

// Longer than any URL that a browser or a server takes.
const MAX_TEXT = 4_096;

/** Compiles a JavaScript regular expression that is short enough for UserLeap, without look-around and back-references. */
export function parseUrlPattern(pattern: string): Parsed<UrlPattern> {
  if (codePointLength(pattern) > MAX_URL_PATTERN_LENGTH) {
    return refuse(`expected a pattern of at most ${MAX_URL_PATTERN_LENGTH} characters`);
  }
  try {
    new RegExp(pattern);
    const program = parsePattern(pattern);
    return { ok: true, value: { source: pattern, matches: (text) => runProgram(program, text.slice(0, MAX_TEXT)) } };
  } catch (error) {
    if (error instanceof UnsupportedPattern) {
      return refuse(`expected a regular expression that can be matched in bounded time; ${error.message}`);
    }
    if (error instanceof SyntaxError) return refuse('expected a regular expression');
    throw error;
  }
}

function refuse(message: string): Parsed<UrlPattern> {
  return { ok: false, issues: [{ path: '', message }] };
}
