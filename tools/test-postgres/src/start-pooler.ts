import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Which of a client's transactions share a connection to the server: all of them, or none. */
export type PoolMode = 'session' | 'transaction';

/** A PgBouncer in front of a PostgreSQL. */
export interface Pooler {
  /** Of the same database, through it. */
  readonly url: string;
  stop(): Promise<void>;
}

// Where packages put what administrators run.
const FOLDERS = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
const PATIENCE_MS = 10_000;

/** Starts PgBouncer as it is installed here, its settings as they come; rejects where it is not installed. */
export async function startPooler(url: string, mode: PoolMode): Promise<Pooler> {
  const program = FOLDERS.map((folder) => join(folder, 'pgbouncer')).find((path) => existsSync(path));
  if (program === undefined) throw new Error('PgBouncer is not installed: apt-get install pgbouncer');
  const server = new URL(url);
  const port = await findPort();
  const folder = mkdtempSync(join(tmpdir(), 'test-pooler-'));
  const file = join(folder, 'pgbouncer.ini');
  // It takes no empty value.
  const place = Object.entries({
    host: server.hostname,
    port: server.port,
    user: server.username,
    password: server.password,
  })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${decodeURIComponent(value)}`)
    .join(' ');
  writeFileSync(file, settings(place, port, mode), { mode: 0o644 });
  // It refuses to run as root.
  const args = process.getuid?.() === 0 ? ['-u', 'nobody', file] : [file];
  const child = spawn(program, args, { stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  const hasEnded = new Promise((resolve) => child.on('close', resolve).on('error', resolve));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await hasEnded;
    rmSync(folder, { recursive: true, force: true });
  };
  const isThere = await until(() => isListening(port));
  if (!isThere) {
    await stop();
    throw new Error('PgBouncer does not listen');
  }
  const through = new URL(url);
  through.port = String(port);
  return { url: through.href, stop };
}

function settings(place: string, port: number, mode: PoolMode): string {
  return `[databases]
* = ${place}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
max_client_conn = 1000
default_pool_size = ${mode === 'session' ? 150 : 40}
`;
}

async function until(condition: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > end) return false;
    await wait(20);
  }
  return true;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
