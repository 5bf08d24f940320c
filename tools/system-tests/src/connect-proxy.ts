import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A proxy that lets through by CONNECT whoever has the right user and password, and knows where each name is. */
export class ConnectProxy {
  /** What it was asked to connect to, in order. */
  readonly asked: string[] = [];
  readonly #open = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly login: string,
  ) {}

  /** `login`: `user:password`; `portOf`: where on this machine a place like `host:443` is. */
  static async start(login: string, portOf: (place: string) => number): Promise<ConnectProxy> {
    const expected = `Basic ${Buffer.from(login).toString('base64')}`;
    const server = createServer((_, response) => void response.writeHead(405).end());
    const proxy = new ConnectProxy(server, login);
    server.on('connect', ({ url = '', headers }, caller: Socket) => {
      proxy.asked.push(url);
      if (headers['proxy-authorization'] !== expected) {
        caller.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
        return;
      }
      const there = connect(portOf(url), '127.0.0.1', () =>
        caller.write('HTTP/1.1 200 Connection established\r\n\r\n'),
      );
      for (const [one, other] of [
        [caller, there],
        [there, caller],
      ] as const) {
        proxy.#open.add(one);
        one.on('error', () => other.destroy()).on('close', () => other.destroy() && proxy.#open.delete(one));
        one.pipe(other);
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Of whoever may pass. */
  get url(): string {
    return this.urlFor(this.login);
  }

  urlFor(login: string): string {
    return `http://${login}@${this.address}`;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.#open) socket.destroy();
    await closed;
  }
}
