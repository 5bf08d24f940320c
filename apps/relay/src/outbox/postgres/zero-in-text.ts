// PostgreSQL's texts hold every character but U+0000, which a user's id may have. U+0001 announces it, and itself.
const [ZERO, MARK] = ['\u0000', '\u0001'];
// eslint-disable-next-line no-control-regex -- they are what it is about
const EITHER = /[\u0000\u0001]/;
const [MARKED_ZERO, MARKED_MARK] = ['\u0001\u0002', '\u0001\u0003'];

/** A parameter as PostgreSQL can hold it; lists are gone through. */
export function hideZero(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hideZero);
  if (typeof value !== 'string' || !EITHER.test(value)) return value;
  return value.replaceAll(MARK, MARKED_MARK).replaceAll(ZERO, MARKED_ZERO);
}

/** The text that `hideZero` was given. */
export function showZero(text: string): string {
  return text.replaceAll(MARKED_ZERO, ZERO).replaceAll(MARKED_MARK, MARK);
}
