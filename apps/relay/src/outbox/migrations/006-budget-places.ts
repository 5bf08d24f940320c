import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** `requests` were places in a budget, and are called so. */
export const renameBudgetPlaces: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('requests').renameTo('budget_places').execute();
    await db.schema.dropIndex('requests_free').execute();
    await db.schema.createIndex('budget_places_free').on('budget_places').columns(['budget', 'free_at']).execute();
    // Tables are copied in the order of their names: one that an older version has begun to copy would miss this one.
    await sql`UPDATE store_moves SET state = 'given_up' WHERE state = 'under_way'`.execute(db);
  },
};
