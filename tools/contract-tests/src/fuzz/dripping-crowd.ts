import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { until } from '../until';

const DRIP_MS = 500;

const BEGINNINGS = {
  head: 'POST /v1/track HTTP/1.1\r\nHost: a\r\nX-Slow: ',
  body: 'POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: 30000\r\n\r\n{"',
};

/** Many clients that have begun a call, and send what is left of it byte by byte as long as the other side lets them. */
export class DrippingCrowd {
  readonly #open = { head: new Set<Socket>(), body: new Set<Socket>() };
  readonly #timer = setInterval(() => this.#drip(), DRIP_MS);

  /** Resolves when so many drip heads, and so many bodies. */
  static async gather(relayUrl: string, count: number): Promise<DrippingCrowd> {
    const crowd = new DrippingCrowd();
    const { hostname, port } = new URL(relayUrl);
    let connected = 0;
    for (const part of ['head', 'body'] as const) {
      for (let number = 1; number <= count; number += 1) {
        const socket = crowd.#keep(connect(Number(port), hostname), part);
        socket.once('connect', () => (connected += 1));
        socket.write(BEGINNINGS[part]);
      }
    }
    await until(`${2 * count} connections`, () => (connected === 2 * count ? true : undefined));
    return crowd;
  }

  /** How many of them are still let. */
  count(part: 'head' | 'body'): number {
    return this.#open[part].size;
  }

  leave(): void {
    clearInterval(this.#timer);
    for (const socket of [...this.#open.head, ...this.#open.body]) socket.destroy();
  }

  #keep(socket: Socket, part: 'head' | 'body'): Socket {
    this.#open[part].add(socket);
    socket.on('error', () => undefined);
    // Read and thrown away: otherwise the end would not be seen.
    socket.resume();
    socket.once('close', () => this.#open[part].delete(socket));
    return socket;
  }

  #drip(): void {
    for (const socket of [...this.#open.head, ...this.#open.body]) socket.write('x');
  }
}
