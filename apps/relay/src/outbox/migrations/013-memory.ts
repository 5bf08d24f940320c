import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** What UserLeap was told of each user, and the key of the hashes in it. A column without a value: no row is written anew. */
export const addMemory: Migration = {
  async up(db: Kysely<unknown>) {
    await addTold(db, 'blob');
  },
};

export async function addTold(db: Kysely<unknown>, type: 'blob' | 'bytea'): Promise<void> {
  await db.schema.alterTable('environment_users').addColumn('told', sql.raw(type)).execute();
  await db.schema
    .createTable('secrets')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}
