import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

let server: ChildProcess | undefined;

/**
 * Starts a PostgreSQL for the tests of this run, unless `TEST_POSTGRES_URL` names one. Where none can be started, its
 * tests name themselves as not run; in CI that fails.
 */
async function startPostgres(): Promise<void> {
  if (process.env['TEST_POSTGRES_URL']) return;
  const started = spawn(process.execPath, [join(__dirname, 'run-postgres.mjs')], { stdio: 'pipe' });
  server = started;
  let [said, failure] = ['', ''];
  started.stdout.on('data', (data: Buffer) => (said += data.toString()));
  started.stderr.on('data', (data: Buffer) => (failure += data.toString()));
  const url = await new Promise<string | undefined>((resolve) => {
    started.stdout.on('data', () => said.includes('\n') && resolve(said.trim()));
    started.on('error', () => resolve(undefined));
    started.on('close', () => resolve(undefined));
  });
  if (url !== undefined) process.env['TEST_POSTGRES_URL'] = url;
  else if (process.env['CI'] === 'true') throw new Error(`PostgreSQL cannot be started: ${failure}`);
  else console.warn(`the tests on PostgreSQL are not run: it cannot be started: ${failure}`);
}

/** Ends what was started; resolves when it is gone. */
export async function stopPostgres(): Promise<void> {
  const running = server;
  if (running?.exitCode !== null) return;
  const ended = new Promise((resolve) => running.on('close', resolve));
  running.stdin?.end();
  await ended;
}

export { startPostgres as default };
