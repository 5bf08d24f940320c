import { isRecord } from '@segment-userleap/validation';
import { Kysely, Migrator, sql } from 'kysely';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { DatabaseError, Pool, types } from 'pg';
import type { PoolConfig } from 'pg';
import type { PostgresStore } from '../../config/relay-config';
import { connectionTo } from './connection-to';
import type { OutboxSchema } from '../schema/outbox-schema';
import { OneSchemaDialect } from './one-schema-dialect';
import { POSTGRES_MIGRATIONS } from '../migrations/postgres-migrations';
import { refuseHalfStore } from '../schema/store-moves';
import { hideZero, showZero } from './zero-in-text';

type Address = Omit<PostgresStore, 'kind'>;

// More than the server's own, so that it is mostly the server that ends a statement.
const PATIENCE_MS = 5_000;

/**
 * Brings the store in a schema to its present form, which several processes may do at once, and connects to it. The schema is
 * made where the role may make one. Rejects where the database cannot be reached, or a move of a store to it is not
 * complete.
 */
export async function openPostgres(address: Address): Promise<Kysely<OutboxSchema>> {
  const db = await openPostgresToMove(address);
  try {
    await refuseHalfStore(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** The same, also in the middle of a move. */
export async function openPostgresToMove(address: Address): Promise<Kysely<OutboxSchema>> {
  await migrate(address);
  return connectPostgres(address);
}

/** However long that takes: a large store has large indexes. */
async function migrate({ url, schema }: Address): Promise<void> {
  const db = await connect(schema, { ...connectionTo({ url, schema }), max: 2 });
  try {
    // Its lock is the database's: one process migrates, the others wait.
    const migrator = new Migrator({ db, provider: POSTGRES_MIGRATIONS, migrationTableSchema: schema });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined)
      throw new Error(`the schema ${schema} cannot be used: ${reasonOf(error)}`, { cause: error });
  } finally {
    await db.destroy();
  }
}

/** Connects to a store that has its present form. Rejects where the database cannot be reached. */
export function connectPostgres(address: Address): Promise<Kysely<OutboxSchema>> {
  const { connections, statementTimeoutMs, leaseMs } = address;
  return connect(address.schema, {
    ...connectionTo(address),
    max: connections,
    statement_timeout: statementTimeoutMs,
    // Where the server does not answer at all.
    query_timeout: statementTimeoutMs + PATIENCE_MS,
    // A process that was stopped in the middle must not hold its locks for longer than its leases.
    idle_in_transaction_session_timeout: leaseMs / 2,
  });
}

async function connect(schema: string, config: PoolConfig): Promise<Kysely<OutboxSchema>> {
  const pool = new Pool({ ...config, types: { getTypeParser } });
  // A connection that breaks: its query fails, if there is one, and the next use makes another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<OutboxSchema>({ dialect: new OneSchemaDialect({ pool: withEveryCharacter(pool) }, schema) });
  try {
    await sql`SELECT 1`.execute(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw new Error(`the database cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

/** Without the address. Where a host has several, Node's error has no text, only a code. */
function reasonOf(error: unknown): string {
  const { code, message } = isRecord(error) ? error : {};
  if (!(error instanceof DatabaseError) && typeof code === 'string') return code;
  return typeof message === 'string' ? message : 'unknown error';
}

/** Kysely hands over nothing but a text and its values where it has no cursor. */
function withEveryCharacter(pool: Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect();
      let isBroken = false;
      const query = async (text: string, values: readonly unknown[]) => {
        try {
          return await client.query(text, values.map(hideZero));
        } catch (error) {
          // The server has not answered: nobody knows what the connection still waits for.
          isBroken ||= !(error instanceof DatabaseError);
          throw error;
        }
      };
      return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release(isBroken) };
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
