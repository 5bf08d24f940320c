import { sql } from 'kysely';
import type { Tx } from '../schema/outbox-schema';

const KEY = `hashtextextended('in use ' || current_schema(), 0)`;

/** Said once over a connection, tells that a relay has the store for as long as the connection lasts. */
export const SHOW_USE = `SELECT pg_advisory_lock_shared(${KEY})`;

/** Whether a relay has the store in PostgreSQL. */
export async function isInUse(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`SELECT pg_try_advisory_xact_lock(${sql.raw(KEY)}) AS free`.execute(tx);
  return rows[0]?.free !== true;
}
