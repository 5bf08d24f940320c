import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/**
 * Which events are of a backfill, which lanes hold nothing else, and which lanes may go in a bulk; live lanes are found without
 * a look at the others. The same on every database. Replicas of the version before write none of it, and sort what is ready
 * themselves until they are gone.
 */
export const addPriorities: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE events ADD COLUMN backfilled smallint NOT NULL DEFAULT 0`.execute(db);
    await sql`ALTER TABLE lanes ADD COLUMN backfilled smallint NOT NULL DEFAULT 0`.execute(db);
    await sql`ALTER TABLE lanes ADD COLUMN bulk smallint NOT NULL DEFAULT 0`.execute(db);
    await sql`ALTER TABLE budget_places ADD COLUMN backfilled smallint NOT NULL DEFAULT 0`.execute(db);
    await sql`ALTER TABLE budgets ADD COLUMN backfill_next_at bigint NOT NULL DEFAULT 0`.execute(db);
    await sql`DROP INDEX lanes_ready`.execute(db);
    await sql`
      CREATE INDEX lanes_ready ON lanes (destination, backfilled, oldest_event)
      WHERE due_at IS NULL AND leased = 0 AND last_delete IS NULL
    `.execute(db);
    await sql`DROP INDEX lanes_due`.execute(db);
    await sql`
      CREATE INDEX lanes_due ON lanes (destination, parked, backfilled, due_at)
      WHERE due_at IS NOT NULL AND last_delete IS NULL
    `.execute(db);
    await sql`DROP INDEX lanes_queued`.execute(db);
    await sql`CREATE INDEX lanes_queued ON lanes (destination, backfilled, queued_at, oldest_event)`.execute(db);
    await sql`
      CREATE INDEX lanes_tried ON lanes (destination, queued_at) WHERE backfilled = 1 AND attempts > 0
    `.execute(db);
    await sql`
      CREATE INDEX lanes_bulk ON lanes (destination, oldest_event)
      WHERE bulk = 1 AND due_at IS NULL AND leased = 0 AND last_delete IS NULL
    `.execute(db);
    await sql`
      CREATE INDEX lanes_bulk_due ON lanes (destination, due_at)
      WHERE bulk = 1 AND due_at IS NOT NULL AND last_delete IS NULL
    `.execute(db);
  },
};
