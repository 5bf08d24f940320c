import { Kysely, Migrator } from 'kysely';
import { types } from 'pg';
import type { PoolConfig } from 'pg';
import type { PostgresStore } from '../../config/relay-config';
import { connectionsTo } from './connection-to';
import type { OutboxSchema } from '../schema/outbox-schema';
import { lookAtDatabase } from './look-at-database';
import { OneSchemaDialect } from './one-schema-dialect';
import { POSTGRES_MIGRATIONS } from '../migrations/postgres-migrations';
import { refuseHalfStore } from '../schema/store-moves';
import { sayBegin } from './say-begin';
import type { Limits } from './say-begin';
import { storeConnections } from './store-connections';
import { StorePool } from './store-pool';
import { whyUnusable } from './why-unusable';
import { showZero } from './zero-in-text';

type Address = Omit<PostgresStore, 'kind' | 'listenUrl'>;

// More than the server's own, so that it is mostly the server that ends a statement.
const PATIENCE_MS = 5_000;
const NO_LIMITS = { statementTimeoutMs: 0, leaseMs: 0 };
// Kysely's own number, which earlier versions lock, too: one process of the database migrates, the others wait.
const ONE_AT_A_TIME = 'SELECT pg_advisory_xact_lock(3853314791062309107)';

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
async function migrate(address: Address): Promise<void> {
  const { schema } = address;
  const db = await connect(address, { max: 2 }, NO_LIMITS, [ONE_AT_A_TIME]);
  try {
    const migrator = new Migrator({ db, provider: POSTGRES_MIGRATIONS, migrationTableSchema: schema });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined)
      throw new Error(`the schema ${schema} cannot be used: ${whyUnusable(error, address.url)}`, { cause: error });
  } finally {
    await db.destroy();
  }
}

/** Connects to a store that has its present form. Rejects where the database cannot be reached, or cannot hold every text. */
export function connectPostgres(address: Address): Promise<Kysely<OutboxSchema>> {
  const { connections, statementTimeoutMs } = address;
  // Where the server does not answer at all.
  return connect(address, { max: connections, query_timeout: statementTimeoutMs + PATIENCE_MS }, address);
}

async function connect(
  address: Address,
  config: PoolConfig,
  limits: Limits,
  more: readonly string[] = [],
): Promise<Kysely<OutboxSchema>> {
  const { schema } = address;
  let begin = sayBegin(limits, more);
  const db = new Kysely<OutboxSchema>({
    dialect: new OneSchemaDialect(
      { pool: storeConnections(open(address, config), schema, (level) => begin(level)) },
      schema,
    ),
  });
  try {
    begin = sayBegin(limits, [...more, ...(await lookAtDatabase(db))]);
    return db;
  } catch (error) {
    await db.destroy();
    throw new Error(`the database cannot be used: ${whyUnusable(error, address.url)}`, { cause: error });
  }
}

function open(address: Address, config: PoolConfig): StorePool {
  return new StorePool(connectionsTo(address).map((server) => ({ ...server, ...config, types: { getTypeParser } })));
}

// Ids, times and counts are all far below what a number holds exactly; pg gives them as text.
const NUMBERS: readonly number[] = [types.builtins.INT8, types.builtins.NUMERIC];

const getTypeParser: typeof types.getTypeParser = (id: number, format?: 'text' | 'binary') => {
  if (NUMBERS.includes(id)) return Number;
  return id === types.builtins.TEXT ? showZero : types.getTypeParser(id, format as 'text');
};
