import { ownStore, RELAY, until } from '@segment-userleap/relay-driver';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

// What a supervisor does that holds the socket: it starts a relay again when the last has ended.
const SUPERVISOR = `while :; do sh -c 'echo "relay $$"; LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" "$1"' "$0" "$1"; done`;
const LISTENING = /listening on/g;

describe('a relay that is handed its socket', () => {
  it('refuses nobody while it is started anew', async () => {
    const sandbox = await startSandbox({ applyDelayMs: 0 });
    const store = ownStore();
    const socket = createServer();
    socket.listen(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address() as AddressInfo;
    const supervisor = spawn('sh', ['-c', SUPERVISOR, process.execPath, RELAY], {
      env: {
        PATH: process.env.PATH,
        USERLEAP_API_KEY: 'k',
        USERLEAP_ENDPOINT: sandbox.url,
        RELAY_WRITE_KEY: 'w',
        ...store.env,
      },
      stdio: ['ignore', 'pipe', 'pipe', descriptorOf(socket)],
      detached: true,
    });
    // From here on only those that were started have it.
    socket.close();
    let output = '';
    supervisor.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    const listened = (times: number): Promise<true> =>
      until(`start ${times}`, () => (output.match(LISTENING)?.length ?? 0) >= times || undefined);
    try {
      await listened(1);
      const statuses: number[] = [];
      let isDone = false;
      const calling = (async () => {
        while (!isDone) statuses.push(await track(port));
      })();
      await until('a call', () => statuses.length > 0 || undefined);
      process.kill(Number(/relay (\d+)/.exec(output)?.[1]), 'SIGTERM');
      await listened(2);
      const before = statuses.length;
      await until('a call after it', () => statuses.length > before || undefined);
      isDone = true;
      await calling;
      expect(new Set(statuses)).toEqual(new Set([200]));
    } finally {
      process.kill(-(supervisor.pid ?? NaN), 'SIGKILL');
      await sandbox.close();
      await store.remove();
    }
  });
});

/** Node lends a socket to its own kind of children only. */
function descriptorOf(server: Server): number {
  return (server as unknown as { _handle: { fd: number } })._handle.fd;
}

/** The status of a call on a connection of its own; rejects where it is refused or breaks. */
function track(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Basic ${btoa('w:')}` };
    const agent = new Agent({ keepAlive: false });
    const call = request({ port, host: '127.0.0.1', path: '/v1/track', method: 'POST', headers, agent }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? NaN));
    });
    call.on('error', reject).end('{"userId":"ann","event":"Clicked"}');
  });
}
