import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Names of events: what was sent under each, and what the lists of event names leave out. */
export const addEventNames: Migration = {
  async up(db: Kysely<unknown>) {
    await createEventNames(db);
    // Tables are copied in the order of their names: one that an older version has begun to copy would miss this one.
    await sql`UPDATE store_moves SET state = 'given_up' WHERE state = 'under_way'`.execute(db);
  },
};

/** For every database. */
export async function createEventNames(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('event_names')
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('first_at', 'bigint', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .addColumn('events', 'bigint', (column) => column.notNull())
    .addColumn('refused', 'bigint', (column) => column.notNull())
    .addColumn('refused_at', 'bigint')
    .addColumn('set_up_at', 'bigint')
    .addColumn('told', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_names_key', ['scope', 'kind', 'name'])
    .execute();
  await sql`CREATE INDEX event_names_untold ON event_names (scope, name) WHERE told = 0`.execute(db);
}
