/**
 * True for a string of more characters than that, as people and JSON Schema count them: code points, so that an emoji is one.
 */
export function isLongerThan(text: string, codePoints: number): boolean {
  // Few texts are long enough to be worth counting.
  if (text.length <= codePoints) return false;
  let length = 0;
  for (const _ of text) length += 1;
  return length > codePoints;
}

/** The text with U+FFFD for every half of a surrogate pair, as UTF-8 encoders write it. */
export function toWellFormed(text: string): string {
  return isWellFormed(text) ? text : text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** True if every surrogate in the string has its partner: only then can it be sent as UTF-8 and stand in a URL. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
