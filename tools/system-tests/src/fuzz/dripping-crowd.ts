import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { until } from '@segment-userleap/relay-driver';

const DRIP_MS = 1_000;

const BEGINNINGS = {
  head: 'POST /v1/track HTTP/1.1\r\nHost: a\r\nX-Slow: ',
  body: 'POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: 30000\r\n\r\n{"',
};

type Part = keyof typeof BEGINNINGS;

/**
 * Many clients that have begun a call, and send what is left of it byte by byte as long as the other side lets them. Whoever
 * is cut off begins anew.
 */
export class DrippingCrowd {
  readonly #open = { head: new Set<Socket>(), body: new Set<Socket>() };
  readonly #cutOff = { head: 0, body: 0 };
  readonly #timer = setInterval(() => this.#drip(), DRIP_MS);

  private constructor(
    private readonly relay: URL,
    private readonly size: number,
  ) {}

  /** Resolves when so many drip heads, and so many bodies. */
  static async gather(relayUrl: string, size: number): Promise<DrippingCrowd> {
    const crowd = new DrippingCrowd(new URL(relayUrl), size);
    crowd.#fill();
    await until(`${2 * size} connections`, () => (crowd.#isComplete() ? true : undefined));
    return crowd;
  }

  /** How often the other side has ended such a connection. */
  cutOff(part: Part): number {
    return this.#cutOff[part];
  }

  leave(): void {
    clearInterval(this.#timer);
    for (const socket of this.#sockets()) socket.destroy();
  }

  #sockets(): Socket[] {
    return [...this.#open.head, ...this.#open.body];
  }

  #isComplete(): boolean {
    return this.#sockets().filter(({ connecting }) => !connecting).length === 2 * this.size;
  }

  #fill(): void {
    for (const part of ['head', 'body'] as const) {
      while (this.#open[part].size < this.size) this.#connect(part);
    }
  }

  #connect(part: Part): void {
    const socket = connect(Number(this.relay.port), this.relay.hostname);
    this.#open[part].add(socket);
    socket.write(BEGINNINGS[part]);
    socket.on('error', () => undefined);
    // Read and thrown away: otherwise the end would not be seen.
    socket.resume();
    socket.once('close', () => {
      this.#open[part].delete(socket);
      this.#cutOff[part] += 1;
    });
  }

  #drip(): void {
    for (const socket of this.#sockets()) socket.write('x');
    this.#fill();
  }
}
