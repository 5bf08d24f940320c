/** How many characters a string has as people and JSON Schema count them: code points, so that an emoji is one. */
export function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** The text with U+FFFD for every half of a surrogate pair, as UTF-8 encoders write it. */
export function toWellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** True if every surrogate in the string has its partner: only then can it be sent as UTF-8 and stand in a URL. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
