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
  return tend(new HttpAgent({ keepAlive: idleMs > 0 }), { connectTimeoutMs, connected: 'connect', idleMs });
}

/** The same over TLS, whose handshake is part of connecting. */
export function createHttpsAgent(connectTimeoutMs: number, { idleMs = IDLE_MS }: Options = {}): HttpsAgent {
  return tend(new HttpsAgent({ keepAlive: idleMs > 0 }), { connectTimeoutMs, connected: 'secureConnect', idleMs });
}

interface Care {
  readonly connectTimeoutMs: number;
  /** The event by which a connection is there. */
  readonly connected: string;
  readonly idleMs: number;
}

/** Has an agent give up connections, and close idle ones. */
function tend<A extends HttpAgent>(agent: A, { connectTimeoutMs, connected, idleMs }: Care): A {
  const createConnection = agent.createConnection.bind(agent);
  const keepSocketAlive = agent.keepSocketAlive.bind(agent);
  const reuseSocket = agent.reuseSocket.bind(agent);
  return Object.assign(agent, {
    createConnection(options: ClientRequestArgs, callback?: OnConnection): Duplex | null | undefined {
      return giveUpAfter(connectTimeoutMs, connected, createConnection(options, callback));
    },
    keepSocketAlive(socket: Duplex): boolean {
      // Its type says that it tells nothing; Node's documentation, whether it is kept.
      const isKept: unknown = keepSocketAlive(socket);
      return closeAfter(idleMs, socket, isKept === true);
    },
    reuseSocket(socket: Duplex, request: ClientRequest): void {
      keepOpen(socket);
      reuseSocket(socket, request);
    },
  });
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
