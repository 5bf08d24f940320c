import type { Kysely, Migration } from 'kysely';

export const createOutbox: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('events')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('destination', 'text', (column) => column.notNull())
      .addColumn('message_id', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('lane', 'text')
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('accepted_at', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('message', 'text')
      .addColumn('warnings', 'text', (column) => column.notNull())
      .addColumn('settled_at', 'integer')
      .addUniqueConstraint('events_message', ['destination', 'message_id'])
      .execute();
    await db.schema
      .createIndex('events_pending')
      .on('events')
      .columns(['destination', 'lane', 'id'])
      .where('state' as never, '=', 'pending')
      .execute();
    await db.schema
      .createTable('lanes')
      .addColumn('destination', 'text', (column) => column.notNull())
      .addColumn('lane', 'text', (column) => column.notNull())
      .addColumn('oldest_event', 'integer', (column) => column.notNull())
      .addColumn('due_at', 'integer', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('parked', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('lanes_key', ['destination', 'lane'])
      .execute();
    await db.schema.createIndex('lanes_oldest').on('lanes').columns(['destination', 'oldest_event']).execute();
    await db.schema.createIndex('lanes_due').on('lanes').columns(['destination', 'due_at']).execute();
    await db.schema
      .createTable('known_users')
      .addColumn('destination', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('learnt_at', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('known_users_key', ['destination', 'user_id'])
      .execute();
  },
};
