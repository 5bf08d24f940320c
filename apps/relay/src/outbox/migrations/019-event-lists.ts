import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/**
 * The names of events, which lists are searched for, and dead letters by their message. For every database. Events that are
 * there have no name: no row is written anew. Those of a name that ended as dead letters have an index of their own, as there
 * may be few of them among many. That a condition names the column keeps other queries from taking the index for theirs.
 */
export const addEventLists: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('events').addColumn('event_name', 'text').execute();
    await sql`
      CREATE INDEX events_name ON events (destination, event_name, accepted_at, id) WHERE event_name IS NOT NULL
    `.execute(db);
    await sql`
      CREATE INDEX events_rejected_name ON events (destination, event_name, accepted_at, id)
      WHERE event_name IS NOT NULL AND state = 'rejected'
    `.execute(db);
    await sql`
      CREATE INDEX events_rejected_message ON events (destination, reason, substr(message, 1, 200), accepted_at, id)
      WHERE message IS NOT NULL AND state = 'rejected' AND body != ''
    `.execute(db);
  },
};
