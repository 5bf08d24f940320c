import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A PostgreSQL of its own, with nothing in it. It ends with the process that has started it. */
export interface TestPostgres {
  /** Of its superuser, on loopback. */
  readonly url: string;
  /** Breaks every connection off, as a crash does; after `meanwhile` it starts again, and takes connections at the same address. */
  restart(meanwhile?: () => Promise<unknown>): Promise<void>;
  /** Removes it, data and all. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL; rejects, and says why, where that cannot be done. `durable`: what it commits is on disk, which only
 * measurements need.
 */
export async function startTestPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const args = [join(__dirname, '..', 'run-postgres.mjs'), ...(durable ? ['--durable'] : [])];
  const server = spawn(process.execPath, args, { stdio: 'pipe' });
  let failure = '';
  server.stderr.on('data', (text: Buffer) => (failure += text.toString()));
  const lines = createInterface(server.stdout);
  const hasEnded = new Promise<void>((resolve, reject) => server.on('close', resolve).on('error', reject));
  const nextLine = (): Promise<string> =>
    new Promise((resolve, reject) => {
      lines.once('line', resolve);
      hasEnded.then(() => reject(new Error(`PostgreSQL has ended: ${failure.trim()}`)), reject);
    });
  return {
    url: await nextLine(),
    restart: async (meanwhile = async () => undefined) => {
      server.stdin.write('crash\n');
      await nextLine();
      await meanwhile();
      server.stdin.write('start\n');
      await nextLine();
    },
    stop: () => {
      server.stdin.end();
      return hasEnded;
    },
  };
}
