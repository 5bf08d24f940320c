import { Agent as HttpAgent } from 'node:http';
import type { ClientRequest, ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

type OnConnection = (error: Error | null, stream: Duplex) => void;

// Node's servers close what was idle for five seconds, others later: a request must not meet that half-way.
const IDLE_MS = 4_000;

interface Options {
  /** For how long a connection is kept open for the next request; 0: for none. */
  readonly idleMs?: number;
}

/** Keeps connections open for the next request, for a while; one that is not made in time is given up. */
export function createHttpAgent(connectTimeoutMs: number, { idleMs = IDLE_MS }: Options = {}): HttpAgent {
  return new (class extends HttpAgent {
    override createConnection(options: ClientRequestArgs, callback?: OnConnection): Duplex | null | undefined {
      return giveUpAfter(connectTimeoutMs, 'connect', super.createConnection(options, callback));
    }

    override keepSocketAlive(socket: Duplex): boolean {
      // Its type says that it tells nothing; Node's documentation, whether it is kept.
      const isKept: unknown = super.keepSocketAlive(socket);
      return closeAfter(idleMs, socket, isKept === true);
    }

    override reuseSocket(socket: Duplex, request: ClientRequest): void {
      keepOpen(socket);
      super.reuseSocket(socket, request);
    }
  })({ keepAlive: idleMs > 0 });
}

/** The same over TLS, whose handshake is part of connecting. */
export function createHttpsAgent(connectTimeoutMs: number, { idleMs = IDLE_MS }: Options = {}): HttpsAgent {
  return new (class extends HttpsAgent {
    override createConnection(options: ClientRequestArgs, callback?: OnConnection): Duplex | null | undefined {
      return giveUpAfter(connectTimeoutMs, 'secureConnect', super.createConnection(options, callback));
    }

    override keepSocketAlive(socket: Duplex): boolean {
      // Its type says that it tells nothing; Node's documentation, whether it is kept.
      const isKept: unknown = super.keepSocketAlive(socket);
      return closeAfter(idleMs, socket, isKept === true);
    }

    override reuseSocket(socket: Duplex, request: ClientRequest): void {
      keepOpen(socket);
      super.reuseSocket(socket, request);
    }
  })({ keepAlive: idleMs > 0 });
}

function giveUpAfter(delayMs: number, connected: string, socket: Duplex | null | undefined): Duplex | null | undefined {
  const timer = setTimeout(() => {
    socket?.destroy(Object.assign(new Error('not connected in time'), { code: 'ETIMEDOUT' }));
  }, delayMs);
  for (const event of [connected, 'close']) socket?.once(event, () => clearTimeout(timer));
  return socket;
}

const idle = new WeakMap<Duplex, NodeJS.Timeout>();

function closeAfter(delayMs: number, socket: Duplex, isKept: boolean): boolean {
  if (isKept) idle.set(socket, setTimeout(() => socket.destroy(), delayMs).unref());
  return isKept;
}

function keepOpen(socket: Duplex): void {
  clearTimeout(idle.get(socket));
}
