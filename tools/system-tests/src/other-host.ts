import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that nobody should ever call, and that answers everyone as UserLeap would. */
export class OtherHost {
  #connections = 0;
  readonly #requests: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OtherHost> {
    const server = createServer((request, response) => {
      host.#requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.writeHead(202).end('Accepted');
    });
    const host = new OtherHost(server);
    server.on('connection', () => (host.#connections += 1));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return host;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get calls(): { readonly connections: number; readonly requests: readonly string[] } {
    return { connections: this.#connections, requests: this.#requests };
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
