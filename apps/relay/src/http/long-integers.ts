import type { Json } from './parse-json';

// Nothing else begins so outside of strings, and few strings hold it. Found without a look at every letter.
const MAY_HOLD_ONE = /[:,[\s-]\d{16}/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const BRACKET = 0x5b;
const OPENING = new Set([BRACKET, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);
// A number of 15 digits is exact as it is.
const LONG_INTEGER = /^-?\d{16,}$/;

/**
 * The value of a body, with text in the place of integers of 16 or more digits at these places, so that no digit is lost.
 * Places are dotted paths, `[]` for an item of a list: `batch[].userId`. Other numbers stay numbers.
 */
export function keepDigits({ text, value }: Json, places: () => ReadonlySet<string>): unknown {
  if (!MAY_HOLD_ONE.test(text)) return value;
  const quoted = quoteLongIntegers(text, places());
  return quoted === text ? value : (JSON.parse(quoted) as unknown);
}

/** An array or object that is open; `key`: the member that is being read, undefined before there is one. */
interface Level {
  readonly parent: Level | undefined;
  readonly path: string;
  readonly isArray: boolean;
  key: string | undefined;
}

/** The JSON text with these integers in quotes. It has been parsed before: what is given is valid. */
function quoteLongIntegers(json: string, places: ReadonlySet<string>): string {
  let level: Level | undefined;
  let quoted = '';
  let copied = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(json, at);
      if (level?.isArray === false) level.key ??= JSON.parse(json.slice(at, end)) as string;
      at = end - 1;
    } else if (OPENING.has(code)) {
      level = { parent: level, path: pathIn(level), isArray: code === BRACKET, key: undefined };
    } else if (CLOSING.has(code)) {
      level = level?.parent;
    } else if (code === COMMA) {
      if (level) level.key = undefined;
    } else if (isDigitOrMinus(code)) {
      const end = endOfNumber(json, at);
      const token = json.slice(at, end);
      if (LONG_INTEGER.test(token) && places.has(pathIn(level))) {
        quoted += `${json.slice(copied, at)}"${token}"`;
        copied = end;
      }
      at = end - 1;
    }
  }
  return quoted + json.slice(copied);
}

/** Where the value stands that comes next. */
function pathIn(level: Level | undefined): string {
  if (!level) return '';
  if (level.isArray) return `${level.path}[]`;
  return level.path === '' ? (level.key ?? '') : `${level.path}.${level.key ?? ''}`;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

function isDigitOrMinus(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

function endOfNumber(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && /[\d.eE+-]/.test(json.charAt(at))) at += 1;
  return at;
}
