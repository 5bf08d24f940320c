import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Pauses that have ended, as time in them does not count for the retry horizon; since when settings keep a destination paused. */
export const addPastPauses: Migration = {
  async up(db: Kysely<unknown>) {
    await createPastPauses(db);
    // Tables are copied in the order of their names: one that an older version has begun to copy would miss this one.
    await sql`UPDATE store_moves SET state = 'given_up' WHERE state = 'under_way'`.execute(db);
  },
};

/** For every database. */
export async function createPastPauses(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('past_pauses')
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('cause', 'text', (column) => column.notNull())
    .addColumn('paused_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('past_pauses_key', ['destination', 'cause', 'paused_at'])
    .execute();
  await db.schema.alterTable('pauses').addColumn('misconfigured_at', 'bigint').execute();
  await sql`
    UPDATE pauses SET misconfigured_at = paused_at
    WHERE reason IN ('unauthorized', 'unexpected_redirect', 'wrong_endpoint')
  `.execute(db);
}
