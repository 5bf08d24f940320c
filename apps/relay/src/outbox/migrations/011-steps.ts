import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/**
 * What is done in steps finds what is left to do by an index: what still has its contents, what was emptied, what can be
 * replayed. For every database.
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
  },
};
