import { BadRequestException } from '@nestjs/common';
import { findMark } from './scan-json';

// A parser takes seconds for millions of levels; no sender has a use for more than a few.
const MAX_LEVELS = 1_000;

/** The JSON of a body, as text and as value. */
export interface Json {
  readonly text: string;
  readonly value: unknown;
}

/** Reads a body. Throws 400 with what is wrong. */
export function readJson(bytes: Buffer): Json {
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
    return { text, value: JSON.parse(text) as unknown };
  } catch {
    throw new BadRequestException('body: expected JSON');
  }
}

/** The value of a body's JSON. Throws 400 with what is wrong. */
export function parseJson(bytes: Buffer): unknown {
  return readJson(bytes).value;
}
