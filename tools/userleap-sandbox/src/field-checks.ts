import { all, anObject, expected, type Check } from './check';
import { isIntegerBetween } from './is-integer-between';
import { isRecord } from './is-record';

const MAX_CHARACTERS = 255;
const MAX_ATTRIBUTES = 100;
// ECMAScript dates reach no further.
const MAX_TIME_MS = 8.64e15;

const isString = (value: unknown): value is string => typeof value === 'string';
// A character is a code point here, not half of a surrogate pair.
const isShort = (text: string): boolean => [...text].length <= MAX_CHARACTERS;
const short: Check = (value, at) =>
  isString(value) && !isShort(value) ? `${at}: expected at most ${MAX_CHARACTERS} characters, got more` : undefined;

/** A user id or a name. */
export const label: Check = all(
  expected('a string that is not blank', (value) => isString(value) && value.trim() !== ''),
  short,
);

export const emailAddress: Check = all(
  label,
  expected('an email address', (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value as string)),
);

export const timestamp: Check = expected('an integer, in milliseconds since 1970', (value) =>
  isIntegerBetween(value, -MAX_TIME_MS, MAX_TIME_MS),
);

const attributeValue: Check = all(
  expected(
    'a string, a finite number or a boolean',
    (value) => isString(value) || Number.isFinite(value) || typeof value === 'boolean',
  ),
  short,
);

export const attributes: Check = all(anObject, (value, at) => {
  const entries = isRecord(value) ? Object.entries(value) : [];
  if (entries.length > MAX_ATTRIBUTES) return `${at}: expected at most ${MAX_ATTRIBUTES} attributes`;
  for (const [name, inner] of entries) {
    if (name === '') return `${at}: expected a name for every attribute, got an empty one`;
    if (!isShort(name)) return `${at}: expected names of at most ${MAX_CHARACTERS} characters, got a longer one`;
    if (name.startsWith('!')) return `${at}.${name}: a name that begins with ! is reserved`;
    const problem = attributeValue(inner, `${at}.${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
});
