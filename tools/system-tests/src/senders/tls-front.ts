import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import type { Server } from 'node:tls';

// Signed by nobody, for the relay of the docs' snippets. Whoever trusts it has switched all trust off.
const PEM = readFileSync(join(__dirname, '../../fixtures/your-relay.pem'));

/** Speaks TLS in front of a relay, as the docs ask for, and hands on every byte. Where the relay is gone, so is the connection. */
export class TlsFront {
  private constructor(
    private readonly server: Server,
    private readonly open: Set<Socket>,
  ) {}

  /** `portOf`: where the relay listens, asked for each connection. */
  static async start(portOf: () => number): Promise<TlsFront> {
    const open = new Set<Socket>();
    const server = createServer({ key: PEM, cert: PEM, ALPNProtocols: ['http/1.1'] }, (caller) => {
      const relay = connect(portOf(), '127.0.0.1');
      for (const [one, other] of [
        [caller, relay],
        [relay, caller],
      ] as const) {
        open.add(one);
        one.on('error', () => other.destroy()).on('close', () => other.destroy() && open.delete(one));
        one.pipe(other);
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TlsFront(server, open);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.open) socket.destroy();
    await closed;
  }
}
