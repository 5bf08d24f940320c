import { randomUUID } from 'node:crypto';
import { MESSAGE_ID_SLOT, sampleEvent, USER_ID_SLOT } from './sample-event';
import type { SampleType } from './sample-event';

/** What one request of a load holds. */
export interface RequestShape {
  readonly path: string;
  readonly type: SampleType;
  /** Undefined: a single call. */
  readonly batch?: number;
}

/** One HTTP request as bytes, in which every event gets a new message id, and the next user, before it is sent. */
export class RequestTemplate {
  readonly #bytes: Buffer;
  readonly #slots: readonly { readonly messageId: number; readonly userId: number }[];

  constructor({ path, type, batch }: RequestShape) {
    const event = sampleEvent(type);
    const body = JSON.stringify(batch === undefined ? event : { batch: Array<object>(batch).fill(event) });
    const head = [
      `POST ${path} HTTP/1.1`,
      'host: 127.0.0.1',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    this.#bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
    const userIds = findAll(this.#bytes, USER_ID_SLOT);
    this.#slots = findAll(this.#bytes, MESSAGE_ID_SLOT).map((messageId, index) => ({
      messageId,
      userId: userIds[index] ?? NaN,
    }));
  }

  /** The bytes with new ids. They are overwritten by the next call, so the request must have been answered by then. */
  fill(nextUser: () => number): Buffer {
    for (const { messageId, userId } of this.#slots) {
      this.#bytes.write(randomUUID(), messageId, 'latin1');
      this.#bytes.write(`user-${String(nextUser()).padStart(USER_ID_SLOT.length - 5, '0')}`, userId, 'latin1');
    }
    return this.#bytes;
  }
}

function findAll(bytes: Buffer, text: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text, at + text.length)) places.push(at);
  return places;
}
