import { sql } from 'kysely';
import type { Db, Tx } from '../schema/outbox-schema';
import { NOW } from './leases';

/** A relay that has the store, and until when nobody doubts it. */
interface RelayColumns {
  relay: string;
  expires_at: number;
}

function relaysIn(db: Db) {
  return db.withTables<{ relays: RelayColumns }>();
}

/** Shows for so many milliseconds that a relay has the store. */
export async function showUse(db: Db, relay: string, leaseMs: number): Promise<void> {
  const expires_at = sql<number>`${NOW} + ${leaseMs}::bigint`;
  await relaysIn(db)
    .insertInto('relays')
    .values({ relay, expires_at })
    .onConflict((conflict) => conflict.column('relay').doUpdateSet({ expires_at }))
    .execute();
}

/** A relay has the store no more; those that ended without a word are forgotten, too. */
export async function endUse(db: Db, relay: string): Promise<void> {
  await relaysIn(db)
    .deleteFrom('relays')
    .where((row) => row.or([row('relay', '=', relay), row('expires_at', '<=', NOW)]))
    .execute();
}

/** Whether a relay has the store in PostgreSQL. */
export async function isInUse(tx: Tx): Promise<boolean> {
  const relay = await relaysIn(tx)
    .selectFrom('relays')
    .select('relay')
    .where('expires_at', '>', NOW)
    .executeTakeFirst();
  return relay !== undefined;
}
