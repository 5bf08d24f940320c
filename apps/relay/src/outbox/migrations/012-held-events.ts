import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/**
 * Events of anonymous visitors are held until it is known whose they are, and found by the anonymous id. For every database:
 * replicas of the version before hold nothing, and pass by what is held.
 */
export const addHeldEvents: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('events').addColumn('anonymous_id', 'text').execute();
    await db.schema.alterTable('events').addColumn('claimed_at', 'bigint').execute();
    await sql`
      CREATE INDEX events_held ON events (destination, anonymous_id, id) WHERE state = 'held'
    `.execute(db);
  },
};
