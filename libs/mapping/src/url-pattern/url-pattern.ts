import type { Parsed } from '@segment-userleap/validation';
import { codePointLength } from '@segment-userleap/validation';
import { MAX_URL_PATTERN_LENGTH } from '@segment-userleap/userleap-api';
import { compileProgram } from './compile-program';
import { parsePattern } from './parse-pattern';
import { runProgram } from './run-program';

/** A partial regular expression that takes time linear in the text: no pattern of a user can hang a host. */
export interface UrlPattern {
  /** Does the pattern match anywhere in the first 8,192 characters of the text? */
  matches(text: string): boolean;
}

// Longer than any URL that a browser or a server takes.
const MAX_TEXT = 8_192;

/** Compiles a JavaScript regular expression of at most 250 characters, without look-around and back-references. */
export function parseUrlPattern(pattern: string): Parsed<UrlPattern> {
  if (codePointLength(pattern) > MAX_URL_PATTERN_LENGTH) {
    return refuse(`expected a pattern of at most ${MAX_URL_PATTERN_LENGTH} characters`);
  }
  if (!isRegularExpression(pattern)) return refuse('expected a regular expression that can be compiled');
  const node = parsePattern(pattern);
  if (!node) return refuse('expected a regular expression without look-around, back-references or odd escapes');
  const program = compileProgram(node);
  if (!program) return refuse('expected a simpler regular expression: its counted repeats are too large');
  return { ok: true, value: { matches: (text) => runProgram(program, text.slice(0, MAX_TEXT)) } };
}

function refuse(message: string): Parsed<UrlPattern> {
  return { ok: false, issues: [{ path: '', message }] };
}

function isRegularExpression(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
