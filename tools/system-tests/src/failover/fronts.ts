import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@segment-userleap/relay-driver';
import { freePort } from '../sdks/free-port';
import type { Programs } from './find-programs';
import type { ReplicatedPostgres } from './replicated-postgres';
import { startProgram } from './run-program';

/** How relays find the server that is the primary. */
export interface Front {
  readonly url: string;
  /** The primary is gone: from now on the standby is meant. */
  turn(): void;
  stop(): Promise<void>;
}

type OpenFront = (pair: ReplicatedPostgres, programs: Programs) => Promise<Front>;

/** By the name that the command knows them by. */
export const FRONTS: Readonly<Record<string, OpenFront>> = {
  haproxy: openHaproxy,
  switch: openSwitch,
  urls: async (pair) => ({
    url: pair.urlAt(pair.primaryPort, pair.standbyPort),
    turn: () => undefined,
    stop: async () => undefined,
  }),
};

/** An address that leads elsewhere from one moment on, as a name does, or a virtual IP. It leaves open connections alone. */
async function openSwitch(pair: ReplicatedPostgres): Promise<Front> {
  let port = pair.primaryPort;
  const open = new Set<Socket>();
  const server = createServer((caller) => {
    const there = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [caller, there],
      [there, caller],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy()).on('close', () => other.destroy() && open.delete(one));
      one.pipe(other);
    }
  });
  const own = await freePort();
  server.listen(own, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: pair.urlAt(own),
    turn: () => void (port = pair.standbyPort),
    async stop() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** It looks for itself who is there; the standby is its spare. */
async function openHaproxy(pair: ReplicatedPostgres, { haproxy }: Programs): Promise<Front> {
  const folder = mkdtempSync(join(tmpdir(), 'failover-haproxy-'));
  chmodSync(folder, 0o755);
  const own = await freePort();
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, configuration(own, pair.primaryPort, pair.standbyPort));
  const program = startProgram(haproxy, ['-db', '-f', file], folder);
  await until('HAProxy to listen', async () => {
    if (program.child.exitCode !== null) throw new Error(`HAProxy ended: ${program.said()}`);
    const socket = connect(own, '127.0.0.1');
    const isThere = await Promise.race([
      once(socket, 'connect').then(() => true as const),
      once(socket, 'error').then(() => undefined),
    ]).catch(() => undefined);
    socket.destroy();
    return isThere;
  });
  return {
    url: pair.urlAt(own),
    turn: () => undefined,
    async stop() {
      program.child.kill('SIGTERM');
      await program.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(own: number, primary: number, standby: number): string {
  return `defaults
  mode tcp
  timeout connect 2s
  timeout client 1h
  timeout server 1h
listen postgres
  bind 127.0.0.1:${own}
  default-server check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
  server primary 127.0.0.1:${primary}
  server standby 127.0.0.1:${standby} backup
`;
}
