import type { Kysely, Migration } from 'kysely';

/** Which relays have the store: a lock of a session, which said so before, is lost behind a pooler. */
export const addRelays: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('relays')
      .addColumn('relay', 'text', (column) => column.primaryKey())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
