const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** A bracket or comma of a JSON text, outside of its strings. */
export type Mark = 'open' | 'close' | 'comma';

/**
 * Where the first mark stands that `isWanted` takes; -1 where there is none. `depth`: how many brackets are open after it.
 * Reads bytes: for what must be known before JSON is parsed. What it is given need not be valid.
 */
export function findMark(json: Buffer, isWanted: (mark: Mark, depth: number) => boolean): number {
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) {
      at = findQuote(json, at + 1);
      continue;
    }
    const mark = markOf(byte);
    if (mark === undefined) continue;
    if (mark === 'open') depth += 1;
    if (mark === 'close') depth -= 1;
    if (isWanted(mark, depth)) return at;
  }
  return -1;
}

/** Where a string ends that is read from `from` on. */
function findQuote(json: Buffer, from: number): number {
  let at = from;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}

function markOf(byte: number | undefined): Mark | undefined {
  switch (byte) {
    case 0x5b: // [
    case 0x7b: // {
      return 'open';
    case 0x5d: // ]
    case 0x7d: // }
      return 'close';
    case 0x2c: // ,
      return 'comma';
    default:
      return undefined;
  }
}
