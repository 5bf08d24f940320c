import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';
import { findMark } from './scan-json';

// A parser takes seconds for millions of levels; no sender has a use for more than a few.
export const MAX_LEVELS = 1_000;
// An empty object of three bytes takes some sixty in memory, more than once: 5 MB of them are more than a relay may have.
const MAX_VALUES = 500_000;

/** The JSON of a body, as text and as value. */
export interface Json {
  readonly text: string;
  readonly value: unknown;
}

/** Reads a body. Throws 400 with what is wrong, 413 where it holds too many values. */
export function readJson(bytes: Buffer): Json {
  if (bytes.length === 0) throw new BadRequestException('body: expected JSON, got nothing');
  refuseTooMuch(bytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadRequestException('body: expected UTF-8');
  }
  try {
    return { text, value: JSON.parse(text) as unknown };
  } catch {
    throw new BadRequestException('body: expected JSON');
  }
}

/** Before it is parsed. A value stands behind a bracket or a comma, and most of these have one. */
function refuseTooMuch(bytes: Buffer): void {
  let values = 0;
  let isTooDeep = false;
  const at = findMark(bytes, (mark, depth) => {
    isTooDeep = depth > MAX_LEVELS;
    if (mark !== 'close') values += 1;
    return isTooDeep || values > MAX_VALUES;
  });
  if (at === -1) return;
  if (isTooDeep) throw new BadRequestException(`body: expected at most ${MAX_LEVELS} levels of nesting`);
  throw new PayloadTooLargeException(`body: expected at most ${MAX_VALUES} values`);
}

/** The value of a body's JSON. Throws as `readJson` does. */
export function parseJson(bytes: Buffer): unknown {
  return readJson(bytes).value;
}
