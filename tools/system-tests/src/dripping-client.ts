import { connect } from 'node:net';
import type { Socket } from 'node:net';

const DRIP_MS = 200;

/** A client that has begun a call and sends its body byte by byte, as long as the other side lets it. */
export class DrippingClient {
  readonly #socket: Socket;
  #isClosed = false;

  constructor(relayUrl: string, path: string) {
    const { hostname, port } = new URL(relayUrl);
    this.#socket = connect(Number(port), hostname);
    this.#socket.on('error', () => undefined);
    this.#socket.write(`POST ${path} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 10000\r\n\r\n{"`);
    const timer = setInterval(() => this.#socket.write('x'), DRIP_MS);
    this.#socket.once('close', () => {
      this.#isClosed = true;
      clearInterval(timer);
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }
}
