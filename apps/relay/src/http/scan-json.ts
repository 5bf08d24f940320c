const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = [0x5b, 0x7b]; // [ {
const CLOSE = [0x5d, 0x7d]; // ] }
const COMMA = 0x2c;

/** A bracket or comma of a JSON text, outside of its strings. `depth`: how many brackets are open after it. */
export interface Mark {
  readonly kind: 'open' | 'close' | 'comma';
  readonly depth: number;
}

/**
 * Where the first mark stands that `isWanted` takes; -1 where there is none. Reads bytes: for what must be known before
 * JSON is parsed. What it is given need not be valid.
 */
export function findMark(json: Buffer, isWanted: (mark: Mark) => boolean): number {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (byte === COMMA) {
      if (isWanted({ kind: 'comma', depth })) return at;
    } else if (OPEN.includes(byte)) {
      depth += 1;
      if (isWanted({ kind: 'open', depth })) return at;
    } else if (CLOSE.includes(byte)) {
      depth -= 1;
      if (isWanted({ kind: 'close', depth })) return at;
    }
  }
  return -1;
}
