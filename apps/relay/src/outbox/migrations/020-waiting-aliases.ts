import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/**
 * The Aliases that wait in a lane, which every lease asks for: an index of their own, as a hundred thousand Identifies may wait beside
 * them. For every database.
 */
export const indexWaitingAliases: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      CREATE INDEX events_waiting_aliases ON events (destination, lane, id)
      WHERE state = 'pending' AND other_user IS NOT NULL
    `.execute(db);
  },
};
