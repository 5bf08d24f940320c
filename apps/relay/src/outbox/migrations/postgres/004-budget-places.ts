import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/**
 * `requests` were places in a budget, and are called so. Replicas of the version before, which run beside the first of this
 * one, read and write them under the old name.
 */
export const renameBudgetPlaces: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`ALTER TABLE requests RENAME TO budget_places`.execute(db);
    await sql`ALTER INDEX requests_free RENAME TO budget_places_free`.execute(db);
    await sql`CREATE VIEW requests AS SELECT id, budget, free_at FROM budget_places`.execute(db);
  },
};
