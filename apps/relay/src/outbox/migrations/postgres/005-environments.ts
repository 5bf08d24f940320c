import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';
import { createEnvironments } from '../007-environments';

/**
 * As `007-environments` on SQLite. Replicas of the version before, which run beside the first of this one, know users by
 * destination, and go on under the old name.
 */
export const addEnvironments: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE known_users RENAME TO environment_users`.execute(db);
    await sql`ALTER TABLE environment_users RENAME COLUMN destination TO environment`.execute(db);
    await sql`
      CREATE VIEW known_users AS
      SELECT environment AS destination, user_id, known, learnt_at, look_ups, look_up_at FROM environment_users
    `.execute(db);
    await createEnvironments(db);
  },
};
