import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { LiveEvent } from '../api-description/overview-schemas';

// A page that has not read this much of small updates reads no more.
const MOST_UNREAD_BYTES = 256 * 1024;
const RETRY_MS = 2_000;

/** An answer that goes on: server-sent events, as a browser's `EventSource` reads them. */
export class EventStream {
  readonly #response: ServerResponse;

  /** Begins the answer: nothing else may be sent to this call. `mayGoOn` is asked before everything that is sent. */
  constructor(
    reply: FastifyReply,
    private readonly mayGoOn: () => boolean,
  ) {
    void reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      connection: 'close',
      // nginx would collect updates before it hands them on.
      'x-accel-buffering': 'no',
    });
    reply.hijack();
    this.#response = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) this.#response.setHeader(name, value);
    }
    this.#response.write(`retry: ${RETRY_MS}\n\n`);
  }

  /** Calls back once, when the other side has gone, or the answer has ended. */
  onEnd(callback: () => void): void {
    if (this.#response.destroyed) callback();
    else this.#response.once('close', callback);
  }

  /** Sends it, unless the listener may not hear more or does not read: then the answer ends. */
  send(text: string): void {
    // What is written after the end would be an error that nobody catches.
    if (this.#response.destroyed || this.#response.writableEnded) return;
    if (!this.mayGoOn()) return this.end();
    if (this.#response.writableLength > MOST_UNREAD_BYTES) return void this.#response.destroy();
    this.#response.write(text);
  }

  end(): void {
    this.#response.end();
  }
}

/** An event as it goes over the wire. */
export function toServerSentEvent({ event, data }: LiveEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
