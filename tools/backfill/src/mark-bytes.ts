import { isUtf8 } from 'node:buffer';

/** Stands in the place of bytes that are no UTF-8. Unicode gives it to nobody, so that no text has it. */
export const NO_TEXT = '\uFDD0';

// A program that writes UTF-16 begins with one of them and then the other.
const UTF_16 = [0xfe, 0xff];
const LINE_FEED = 0x0a;

/** The bytes with a mark in the place of those that are no UTF-8: a decoder would make of two letters the same. UTF-16 stays as it is. */
export async function* markBytes(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let isUtf16: boolean | undefined;
  for await (const chunk of bytes) {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    isUtf16 ??= UTF_16.includes(all[0] ?? 0) && UTF_16.includes(all[1] ?? 0);
    const end = isUtf16 ? all.length : endOfCharacters(all);
    rest = all.subarray(end);
    if (end > 0) yield isUtf16 ? all : markLines(all.subarray(0, end));
  }
  if (rest.length > 0) yield markLines(rest);
}

function markLines(bytes: Buffer): Buffer {
  if (isUtf8(bytes)) return bytes;
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const found = bytes.indexOf(LINE_FEED, from);
    const line = bytes.subarray(from, found === -1 ? bytes.length : found + 1);
    lines.push(isUtf8(line) ? line : Buffer.from(line.toString('utf8').replaceAll('\uFFFD', NO_TEXT)));
    from += line.length;
  }
  return Buffer.concat(lines);
}

/** Where the last character ends that is all there: the rest of one may stand in the next chunk. */
function endOfCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return lengthOf(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** How many bytes a character has that begins with this one. */
function lengthOf(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}
