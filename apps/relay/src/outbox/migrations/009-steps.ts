import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/**
 * What is done in steps finds what is left to do by an index: what still has its contents, what was emptied, what can be
 * replayed; and which users are to be erased further. For every database.
 */
export const indexSteps: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`DROP INDEX events_settled`.execute(db);
    await sql`
      CREATE INDEX events_kept ON events (state, settled_at) WHERE settled_at IS NOT NULL AND body != ''
    `.execute(db);
    await sql`CREATE INDEX events_emptied ON events (state, accepted_at) WHERE body = ''`.execute(db);
    await sql`
      CREATE INDEX events_replayable ON events (type, reason, destination, accepted_at, id)
      WHERE state = 'rejected' AND body != ''
    `.execute(db);
    await db.schema
      .createTable('erasures')
      .addColumn('destination', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('up_to', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('erasures_key', ['destination', 'user_id'])
      .execute();
    // Tables are copied in the order of their names: one that an older version has begun to copy would miss this one.
    await sql`UPDATE store_moves SET state = 'given_up' WHERE state = 'under_way'`.execute(db);
  },
};
