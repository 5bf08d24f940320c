import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { RELAY } from './relay-process';

const PATIENCE_MS = 60_000;

/** Runs a relay that is to end by itself; resolves with its exit code, null where it had to be ended, and its standard error. */
export async function runToEnd(
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; errors: string }> {
  const child = spawn(process.execPath, [RELAY], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, errors };
}
