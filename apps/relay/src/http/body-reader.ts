import { BadRequestException, HttpException, Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import type { BodyLimit } from './body-limit';
import { decoderOf } from './create-decoder';

// However many senders send at once.
const MAX_HELD_BYTES = 128 * 1024 * 1024;
const MAX_DRAINED_BYTES = 8 * 1024 * 1024;
const MAX_DRAIN_MS = 2_000;

/** Reads bodies as bytes, whatever their content type says. */
@Injectable()
export class BodyReader {
  #held = 0;

  constructor(@Inject(RELAY_OBSERVER) private readonly observer: RelayObserver) {}

  /**
   * Reads the body and hands it to `use`; counts its bytes as held until `use` is done. Throws the limit's refusal as soon
   * as more has come, 400 on a body that ends early or cannot be decompressed, 415 on an encoding that is not known, 503
   * where too much is held already.
   */
  async with<T>(request: IncomingMessage, limit: BodyLimit, use: (body: Buffer) => Promise<T>): Promise<T> {
    let own = 0;
    const hold = (bytes: number): void => {
      if (this.#held + bytes > MAX_HELD_BYTES) {
        this.observer.turnedAway('memory_full');
        throw new ServiceUnavailableException('too much is being sent at once');
      }
      this.#held += bytes;
      own += bytes;
    };
    try {
      return await use(await read(request, limit, hold));
    } finally {
      this.#held -= own;
    }
  }
}

async function read(request: IncomingMessage, limit: BodyLimit, hold: (bytes: number) => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    const decoder = decoderOf(request.headers['content-encoding']);
    if (Number(request.headers['content-length'] ?? 0) > limit.bytes) throw limit.refuse();
    const keep = async (decoded: AsyncIterable<Buffer>): Promise<void> => {
      for await (const chunk of withinLimit(decoded, limit)) {
        hold(chunk.length);
        chunks.push(chunk);
      }
    };
    hold(decoder?.memory ?? 0);
    const wire = withinLimit(wireOf(request), limit);
    await (decoder ? pipeline(wire, decoder.create(), keep) : keep(wire));
  } catch (error) {
    await drain(request);
    if (error instanceof HttpException) throw error;
    throw new BadRequestException('body: expected to be complete, and encoded as content-encoding says');
  }
  return Buffer.concat(chunks);
}

async function* withinLimit(source: AsyncIterable<Buffer>, limit: BodyLimit): AsyncIterable<Buffer> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > limit.bytes) throw limit.refuse();
    yield chunk;
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
