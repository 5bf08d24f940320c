import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/**
 * Room in each page of users: what UserLeap was told of one is written anew in its page, and the index is not. Pages that are there
 * get it as they change; no row is written anew. Replicas of the version before leave it be.
 */
export const leaveRoom: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE environment_users SET (fillfactor = 90)`.execute(db);
  },
};
