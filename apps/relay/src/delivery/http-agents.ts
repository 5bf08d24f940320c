import { Agent as HttpAgent } from 'node:http';
import type { ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

type OnConnection = (error: Error | null, stream: Duplex) => void;

/** Keeps connections open for the next request; one that is not made in time is given up. */
export function createHttpAgent(connectTimeoutMs: number): HttpAgent {
  return new (class extends HttpAgent {
    override createConnection(options: ClientRequestArgs, callback?: OnConnection): Duplex | null | undefined {
      return giveUpAfter(connectTimeoutMs, 'connect', super.createConnection(options, callback));
    }
  })({ keepAlive: true });
}

/** The same over TLS, whose handshake is part of connecting. */
export function createHttpsAgent(connectTimeoutMs: number): HttpsAgent {
  return new (class extends HttpsAgent {
    override createConnection(options: ClientRequestArgs, callback?: OnConnection): Duplex | null | undefined {
      return giveUpAfter(connectTimeoutMs, 'secureConnect', super.createConnection(options, callback));
    }
  })({ keepAlive: true });
}

function giveUpAfter(delayMs: number, connected: string, socket: Duplex | null | undefined): Duplex | null | undefined {
  const timer = setTimeout(() => {
    socket?.destroy(Object.assign(new Error('not connected in time'), { code: 'ETIMEDOUT' }));
  }, delayMs);
  for (const event of [connected, 'close']) socket?.once(event, () => clearTimeout(timer));
  return socket;
}
