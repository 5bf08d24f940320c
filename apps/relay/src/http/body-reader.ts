import { BadRequestException, HttpException, Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import type { BodyLimit } from './body-limit';
import { BodyMemory } from './body-memory';
import type { HeldBytes } from './body-memory';
import { decodeOf } from './decode';
import { Gate } from './gate';
import { keepPace } from './keep-pace';

// A sender of br chooses how far back its text may refer: 16 MB, which are taken while it is decoded.
const DECODED_AT_A_TIME = 2;
const MAX_DRAINED_BYTES = 8 * 1024 * 1024;
const MAX_DRAIN_MS = 2_000;

/** Of whom a body is. */
export interface BodySender {
  /** The call has shown a key that is right, before its body. */
  readonly isKnown: boolean;
}

/** Reads bodies as bytes, whatever their content type says. */
@Injectable()
export class BodyReader {
  readonly #memory: BodyMemory;
  readonly #decoders = new Gate(DECODED_AT_A_TIME);

  constructor(@Inject(RELAY_OBSERVER) observer: RelayObserver) {
    this.#memory = new BodyMemory(() => observer.turnedAway('memory_full'));
  }

  /**
   * Reads the body and hands it to `use`; counts its bytes as held until `use` is done. Throws the limit's refusal as soon
   * as more has come, 400 on a body that ends early or cannot be decompressed, 408 on one that comes too slowly, 415 on an
   * encoding that is not known, 503 where too much is held already.
   */
  async with<T>(
    request: IncomingMessage,
    limit: BodyLimit,
    { isKnown }: BodySender,
    use: (body: Buffer) => Promise<T>,
  ): Promise<T> {
    const held = this.#memory.open(isKnown);
    try {
      return await use(await this.#read(request, limit, held));
    } finally {
      held.releaseAll();
    }
  }

  /** Lets a body go by that nobody asks for, whatever its encoding. */
  async pass(request: IncomingMessage, limit: BodyLimit): Promise<void> {
    await orDrain(request, () => receive(request, limit, () => undefined));
  }

  async #read(request: IncomingMessage, limit: BodyLimit, held: HeldBytes): Promise<Buffer> {
    const chunks: Buffer[] = [];
    const keep = (chunk: Buffer): void => {
      held.hold(chunk.length);
      chunks.push(chunk);
    };
    const decode = await orDrain(request, async () => {
      const encoding = decodeOf(request.headers['content-encoding']);
      await receive(request, limit, keep);
      return encoding;
    });
    const body = Buffer.concat(chunks);
    if (!decode) return body;
    // Only what is complete is decoded: whoever sends half a body takes no decoder's memory.
    const decoded = await this.#decoders.through(1, () => decode(body, limit));
    held.hold(decoded.length);
    held.release(body.length);
    return decoded;
  }
}

/** Takes in the whole body as it is sent. */
async function receive(request: IncomingMessage, limit: BodyLimit, keep: (chunk: Buffer) => void): Promise<void> {
  if (Number(request.headers['content-length'] ?? 0) > limit.bytes) throw limit.refuse();
  let size = 0;
  for await (const chunk of keepPace(wireOf(request))) {
    size += chunk.length;
    if (size > limit.bytes) throw limit.refuse();
    keep(chunk);
  }
}

async function orDrain<T>(request: IncomingMessage, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    await drain(request);
    if (error instanceof HttpException) throw error;
    throw new BadRequestException('body: expected to be complete');
  }
}

/** Takes in what is left of a refused body, if that is little: a sender that is cut off does not hear why. */
async function drain(request: IncomingMessage): Promise<void> {
  const takeIn = async (): Promise<void> => {
    let left = MAX_DRAINED_BYTES;
    for await (const chunk of wireOf(request)) {
      left -= chunk.length;
      if (left < 0) return;
    }
  };
  await Promise.race([takeIn().catch(() => undefined), setTimeout(MAX_DRAIN_MS, undefined, { ref: false })]);
}

/** The bytes as they arrive. Its end leaves the connection open, for the answer. */
function wireOf(request: IncomingMessage): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
}
