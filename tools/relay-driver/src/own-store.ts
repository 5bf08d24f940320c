import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';

/** A store of a relay's own, removed with it. */
export interface OwnStore {
  /** What the relay is told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** What the relay calls the failure of a store that is locked. */
  readonly lockedAs: string;
  /** Whether a text can be found in it, as whoever has the store could find it. */
  holds(text: string): Promise<boolean>;
  /** Lets nobody else read or write it; resolves with what ends that. */
  lock(): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

/** Which database the tests of this run are about. */
export const STORE = (globalThis as { readonly STORE?: 'postgres' }).STORE ?? 'sqlite';

export function ownStore(): OwnStore {
  return STORE === 'sqlite' ? storeInFile() : storeInSchema(process.env['TEST_POSTGRES_URL'] ?? '');
}

function storeInFile(): OwnStore {
  const folder = mkdtempSync(join(tmpdir(), 'relay-driver-'));
  const path = join(folder, 'relay.db');
  return {
    env: { DATABASE_URL: `sqlite:${path}` },
    lockedAs: 'SQLITE_BUSY',
    // Its log of changes is a file of its own.
    holds: async (text) => readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(text)),
    async lock() {
      // Loaded by the few tests that need it: each file of tests loads its modules anew.
      const { default: Database } = await import('better-sqlite3');
      const other = new Database(path);
      other.exec('BEGIN EXCLUSIVE');
      return async () => void other.exec('COMMIT').close();
    },
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

/** In a schema that the relay makes. `pooled`: the relay reaches it through a pooler that has this URL. */
export function storeInSchema(url: string, pooled = poolerBefore(url)): OwnStore {
  const schema = `test_${randomBytes(8).toString('hex')}`;
  return {
    env: {
      ...(pooled === undefined ? { DATABASE_URL: url } : { DATABASE_URL: pooled, RELAY_DATABASE_LISTEN_URL: url }),
      RELAY_DATABASE_SCHEMA: schema,
      // What was in flight when a process was killed is sent again after that.
      RELAY_LEASE: '6s',
      RELAY_DATABASE_STATEMENT_TIMEOUT: '2s',
    },
    lockedAs: '57014', // query_canceled: a statement was waited for in vain
    holds: (text) => withClient(url, async (client) => (await dump(client, schema)).includes(text)),
    async lock() {
      const client = await connect(url);
      await client.query('BEGIN');
      for (const table of await tablesOf(client, schema)) await client.query(`LOCK TABLE ${schema}.${table}`);
      return () => client.end();
    },
    remove: () =>
      withClient(url, async (client) => {
        await client.query(`SET client_min_messages = warning; DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      }),
  };
}

/** That of this run of tests, if it stands before this server. */
function poolerBefore(url: string): string | undefined {
  return url === process.env['TEST_POSTGRES_URL'] ? process.env['TEST_POSTGRES_POOLED_URL'] : undefined;
}

/** Every row of every table, as text. */
async function dump(client: Client, schema: string): Promise<string> {
  const texts: string[] = [];
  for (const table of await tablesOf(client, schema)) {
    const { rows } = await client.query<{ text: string }>(`SELECT ${table}::text AS text FROM ${schema}.${table}`);
    texts.push(...rows.map(({ text }) => text));
  }
  return texts.join('\n');
}

async function tablesOf(client: Client, schema: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = $1',
    [schema],
  );
  return rows.map(({ name }) => name);
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  return use(client).finally(() => client.end());
}

async function connect(url: string): Promise<Client> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
