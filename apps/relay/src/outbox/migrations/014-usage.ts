import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/**
 * What was sent in which month. The mark of a user is a column without a value: no row is written anew. Replicas of the version
 * before on PostgreSQL count nothing, and leave it be.
 */
export const addUsage: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('environment_users').addColumn('tracked', 'integer').execute();
    await db.schema
      .createTable('usage_months')
      .addColumn('environment', 'text', (column) => column.notNull())
      .addColumn('month', 'integer', (column) => column.notNull())
      .addColumn('users', 'bigint', (column) => column.notNull())
      .addColumn('users_10', 'bigint', (column) => column.notNull())
      .addColumn('users_25', 'bigint', (column) => column.notNull())
      .addColumn('users_50', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('usage_months_key', ['environment', 'month'])
      .execute();
    await db.schema
      .createTable('usage_days')
      .addColumn('environment', 'text', (column) => column.notNull())
      .addColumn('day', 'integer', (column) => column.notNull())
      .addColumn('users', 'bigint', (column) => column.notNull())
      .addColumn('events', 'bigint', (column) => column.notNull())
      .addColumn('attributes', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('usage_days_key', ['environment', 'day'])
      .execute();
    await db.schema
      .createTable('usage_saved')
      .addColumn('destination', 'text', (column) => column.notNull())
      .addColumn('month', 'integer', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('events', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('usage_saved_key', ['destination', 'month', 'reason'])
      .execute();
    await db.schema
      .createTable('usage_most')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('environment', 'text', (column) => column.notNull())
      .addColumn('month', 'integer', (column) => column.notNull())
      .addColumn('events', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('usage_most_key', ['kind', 'name', 'environment', 'month'])
      .execute();
    await sql`CREATE INDEX usage_most_events ON usage_most (environment, month, kind, events)`.execute(db);
  },
};
