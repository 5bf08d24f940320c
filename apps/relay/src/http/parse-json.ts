import { BadRequestException } from '@nestjs/common';
import { findMark } from './scan-json';

// A parser takes seconds for millions of levels; no sender has a use for more than a few.
const MAX_LEVELS = 1_000;

/** The JSON of a body. Throws 400 with what is wrong. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) throw new BadRequestException('body: expected JSON, got nothing');
  if (findMark(bytes, (_, depth) => depth > MAX_LEVELS) !== -1) {
    throw new BadRequestException(`body: expected at most ${MAX_LEVELS} levels of nesting`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadRequestException('body: expected UTF-8');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadRequestException('body: expected JSON');
  }
}
