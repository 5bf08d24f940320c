import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/**
 * Users are known in an environment, not at a destination, whose key may change. What was known stands under the
 * destination's name, and belongs to the environment that the destination has when it starts next (environments.ts).
 */
export const addEnvironments: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('known_users').renameTo('environment_users').execute();
    await sql`ALTER TABLE environment_users RENAME COLUMN destination TO environment`.execute(db);
    await createEnvironments(db);
    // Tables are copied in the order of their names: one that an older version has begun to copy would miss these.
    await sql`UPDATE store_moves SET state = 'given_up' WHERE state = 'under_way'`.execute(db);
  },
};

/** For every database. */
export async function createEnvironments(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('environments')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('users_key', 'text', (column) => column.notNull())
    .addColumn('answered', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('destination_environments')
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('in_use', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('destination_environments_key', ['destination', 'environment'])
    .execute();
}
