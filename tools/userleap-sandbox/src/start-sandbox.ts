import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorAnswer } from './answer';
import type { Call } from './call';
import type { Fault } from './fault';
import { faultCheck } from './fault-check';
import { readCall } from './read-call';
import type { RecordedRequest } from './recorded-request';
import { resolveOptions, type SandboxOptions } from './sandbox-options';
import { SandboxState } from './sandbox-state';
import type { SandboxUser } from './sandbox-user';
import { sendAnswer } from './send-answer';
import { serveCall } from './serve-call';

/** A running stand-in for UserLeap. */
export interface Sandbox {
  /** `http://<host>:<port>`, without a slash at the end. */
  url: string;
  port: number;
  /** Copies of the recorded requests, the oldest first. */
  requests(): RecordedRequest[];
  /** The users of all environments as they are now; upserts that are not yet applied do not show. */
  users(): SandboxUser[];
  /** Throws an `Error` that names the field when the fault makes no sense. */
  addFault(fault: Fault): void;
  /** Forgets requests, users, upserts to come, faults, rate windows and the numbers of the environments. */
  clear(): void;
  /** Stops listening, breaks off every open connection and applies nothing more; records and users stay readable. */
  close(): Promise<void>;
}

/**
 * Starts a UserLeap of one's own on loopback; resolves once it listens. Rejects when an option cannot be used or the
 * port is taken (`EADDRINUSE`). It behaves as the vendor documented in 2021 (UserLeap) and 2024–2026 (Sprig).
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const resolved = resolveOptions(options);
  const state = new SandboxState(resolved);
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    readCall(request, (call) => serveSafely(state, call, response));
  });
  server.listen(resolved.port, resolved.host);
  await once(server, 'listening');
  // A connection that cannot be accepted is the caller's loss, not the end of the process.
  server.on('error', () => undefined);

  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    port,
    requests: () => state.log.list(),
    users: () => state.environments.users(),
    addFault(fault) {
      const problem = faultCheck(fault, '');
      if (problem !== undefined) throw new Error(problem);
      state.faults.add(fault);
    },
    clear: () => state.clear(),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      state.environments.dropPending();
    },
  };
}

function serveSafely(state: SandboxState, call: Call, response: ServerResponse): void {
  try {
    serveCall(state, call, response);
  } catch {
    if (response.headersSent) response.destroy();
    else sendAnswer(response, errorAnswer(500, 'the sandbox itself failed'), {}, () => undefined);
  }
}
