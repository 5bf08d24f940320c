import { sql } from 'kysely';
import { Client } from 'pg';
import type { PostgresStore } from '../../config/relay-config';
import type { Db } from '../schema/outbox-schema';
import { connectionsTo } from './connection-to';
import { isPooled } from './is-pooled';
import { CHANNEL } from './news-text';
import { connectPostgres } from './open-postgres';
import { whyUnusable } from './why-unusable';

/** Says in a sentence how a database is; throws where a relay could not use it. Changes nothing. */
export async function checkPostgres(store: PostgresStore): Promise<string> {
  const db = await connectPostgres({ ...store, connections: 1 });
  try {
    await expectRights(db, store.schema);
  } finally {
    await db.destroy();
  }
  if (store.listenUrl !== undefined) {
    await expectListening(store.listenUrl);
    return 'the database can be used, and RELAY_DATABASE_LISTEN_URL brings news of other relays';
  }
  if (!(await isPooled(connectionsTo(store)))) return 'the database can be used';
  return 'the database can be used, through a pooler; RELAY_DATABASE_LISTEN_URL would bring news of other relays sooner';
}

async function expectRights(db: Db, schema: string): Promise<void> {
  const { rows } = await sql<{ is_there: boolean; mine: boolean | null; may_make: boolean }>`
    SELECT to_regnamespace(${schema}) IS NOT NULL AS is_there,
      has_schema_privilege(to_regnamespace(${schema}), 'CREATE, USAGE') AS mine,
      has_database_privilege(current_database(), 'CREATE') AS may_make
  `.execute(db);
  const { is_there = false, mine = false, may_make = false } = rows[0] ?? {};
  if (is_there ? mine : may_make) return;
  throw new Error(
    is_there
      ? `the role may not make tables in the schema ${schema}: ALTER SCHEMA ${schema} OWNER TO …`
      : `there is no schema ${schema}, and the role may not make one: CREATE SCHEMA ${schema} AUTHORIZATION …`,
  );
}

async function expectListening(url: string): Promise<void> {
  let failure: unknown;
  for (const server of connectionsTo({ url })) {
    const client = new Client(server);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      return;
    } catch (error) {
      failure = error;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new Error(`RELAY_DATABASE_LISTEN_URL cannot be used: ${whyUnusable(failure, url)}`, { cause: failure });
}
