import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorAnswer } from './answer';
import type { Call } from './call';
import { readCall } from './read-call';
import { controlsOf, type SandboxControls } from './sandbox-controls';
import { resolveOptions, type SandboxOptions } from './sandbox-options';
import { SandboxState } from './sandbox-state';
import { sendAnswer } from './send-answer';
import { serveCall } from './serve-call';

/** A running stand-in for UserLeap. */
export interface Sandbox extends SandboxControls {
  /** `http://<host>:<port>`, without a slash at the end. */
  url: string;
  port: number;
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
    ...controlsOf(state),
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
    serveCall(state, call, {
      send: (answer, manner, onStatus) => sendAnswer(response, answer, manner, onStatus),
      onClose: (callback) => void response.once('close', callback),
    });
  } catch {
    if (response.headersSent) response.destroy();
    else sendAnswer(response, errorAnswer(500, 'the sandbox itself failed'), {}, () => undefined);
  }
}
