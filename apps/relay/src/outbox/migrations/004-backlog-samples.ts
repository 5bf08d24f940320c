import type { Kysely, Migration } from 'kysely';

/** How much waited, and for how long, minute by minute. For every database. */
export const addBacklogSamples: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('backlog_samples')
      .addColumn('minute', 'bigint', (column) => column.notNull())
      .addColumn('destination', 'text', (column) => column.notNull())
      .addColumn('waiting', 'bigint', (column) => column.notNull())
      .addColumn('longest_wait', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('backlog_samples_key', ['minute', 'destination'])
      .execute();
  },
};
