import { BadRequestException } from '@nestjs/common';

/** The JSON of a request's bytes, whatever content type it announces: senders use several. */
export function parseBody(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) throw new BadRequestException('body: expected JSON, got nothing');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new BadRequestException('body: expected UTF-8');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadRequestException('body: expected JSON');
  }
}
