import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { Pool, types } from 'pg';
import type { OutboxSchema } from './outbox-schema';
import { POSTGRES_MIGRATIONS } from './postgres-migrations';
import { hideZero, showZero } from './zero-in-text';

export interface PostgresAddress {
  readonly url: string;
  /** It exists, and belongs to the role that the URL names. */
  readonly schema: string;
}

const CONNECTIONS = 10;

/**
 * Connects to the store in a schema, and brings it to its present form; several processes may do so at once. Rejects where
 * the database cannot be reached.
 */
export async function openPostgres(address: PostgresAddress): Promise<Kysely<OutboxSchema>> {
  const db = await connectPostgres(address);
  // Its lock is the database's: one process migrates, the others wait.
  const migrator = new Migrator({ db, provider: POSTGRES_MIGRATIONS, migrationTableSchema: address.schema });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return db;
  await db.destroy();
  throw error instanceof Error ? error : new Error('the store cannot be brought to its present form');
}

/** Connects to a store that has its present form. Rejects where the database cannot be reached. */
export async function connectPostgres({ url, schema }: PostgresAddress): Promise<Kysely<OutboxSchema>> {
  const pool = new Pool({
    connectionString: url,
    options: `-c search_path=${schema}`,
    application_name: 'segment-userleap',
    max: CONNECTIONS,
    types: { getTypeParser },
  });
  // A connection that breaks: its query fails, if there is one, and the next use makes another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<OutboxSchema>({ dialect: new PostgresDialect({ pool: withEveryCharacter(pool) }) });
  try {
    await sql`SELECT 1`.execute(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Kysely hands over nothing but a text and its values where it has no cursor. */
function withEveryCharacter(pool: Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect();
      const query = (text: string, values: readonly unknown[]) => client.query(text, values.map(hideZero));
      return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release() };
    },
    end: () => pool.end(),
  };
}

// Ids, times and counts are all far below what a number holds exactly; pg gives them as text.
const NUMBERS: readonly number[] = [types.builtins.INT8, types.builtins.NUMERIC];

const getTypeParser: typeof types.getTypeParser = (id: number, format?: 'text' | 'binary') => {
  if (NUMBERS.includes(id)) return Number;
  return id === types.builtins.TEXT ? showZero : types.getTypeParser(id, format as 'text');
};
