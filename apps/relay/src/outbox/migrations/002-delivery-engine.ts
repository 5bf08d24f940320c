import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Lanes that are leased, budgets, pauses, what is known of users, and what retention and erasure need to find. */
export const addDeliveryEngine: Migration = {
  async up(db: Kysely<unknown>) {
    await extendEvents(db);
    await rebuildLanes(db);
    await db.schema
      .alterTable('known_users')
      .addColumn('known', 'integer', (column) => column.notNull().defaultTo(1))
      .execute();
    await db.schema
      .alterTable('known_users')
      .addColumn('look_ups', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('known_users').addColumn('look_up_at', 'integer').execute();
    await sql`CREATE INDEX known_users_unknown ON known_users (learnt_at) WHERE known = 0`.execute(db);
    await createBudgets(db);
    await countPending(db);
    await db.schema
      .createTable('pauses')
      .addColumn('destination', 'text', (column) => column.primaryKey())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('paused_at', 'integer', (column) => column.notNull())
      .addColumn('probes', 'integer', (column) => column.notNull())
      .addColumn('probe_at', 'integer', (column) => column.notNull())
      .execute();
  },
};

async function extendEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('events').addColumn('other_user', 'text').execute();
  await db.schema
    .alterTable('events')
    .addColumn('queued_at', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable('events')
    .addColumn('history', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await sql`UPDATE events SET queued_at = accepted_at`.execute(db);
  await db.schema
    .createIndex('events_settled')
    .on('events')
    .columns(['state', 'settled_at'])
    .where('settled_at' as never, 'is not', null)
    .execute();
  await db.schema
    .createIndex('events_user')
    .on('events')
    .columns(['destination', 'lane', 'settled_at'])
    .where('settled_at' as never, 'is not', null)
    .execute();
  await db.schema
    .createIndex('events_other_user')
    .on('events')
    .columns(['destination', 'other_user'])
    .where('other_user' as never, 'is not', null)
    .execute();
}

async function rebuildLanes(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('lanes').execute();
  await db.schema
    .createTable('lanes')
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('oldest_event', 'integer', (column) => column.notNull())
    .addColumn('queued_at', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'integer')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('parked', 'integer', (column) => column.notNull())
    .addColumn('leased', 'integer', (column) => column.notNull())
    .addColumn('woken', 'integer', (column) => column.notNull())
    .addColumn('creates_user', 'integer', (column) => column.notNull())
    .addColumn('last_delete', 'integer')
    .addPrimaryKeyConstraint('lanes_key', ['destination', 'lane'])
    .execute();
  await sql`
    INSERT INTO lanes
    SELECT destination, lane, MIN(id), MIN(queued_at), NULL, 0, 0, 0, 0,
      MAX(type = 'identify'), MAX(CASE WHEN type = 'delete' THEN id END)
    FROM events WHERE state = 'pending' GROUP BY destination, lane
  `.execute(db);
  await db.schema.createIndex('lanes_queued').on('lanes').columns(['destination', 'queued_at']).execute();
  await sql`CREATE INDEX lanes_ready ON lanes (destination, oldest_event) WHERE due_at IS NULL AND leased = 0`.execute(
    db,
  );
  await sql`CREATE INDEX lanes_leased ON lanes (destination) WHERE leased = 1`.execute(db);
  await sql`CREATE INDEX lanes_waiting ON lanes (destination, due_at) WHERE due_at IS NOT NULL`.execute(db);
  await sql`
    CREATE INDEX lanes_deleting ON lanes (destination, oldest_event)
    WHERE due_at IS NULL AND leased = 0 AND last_delete IS NOT NULL
  `.execute(db);
}

async function createBudgets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('budgets')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('rate', 'text', (column) => column.notNull())
    .addColumn('next_at', 'integer', (column) => column.notNull())
    .addColumn('blocked_until', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('requests')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('budget', 'text', (column) => column.notNull())
    .addColumn('free_at', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('requests_free').on('requests').columns(['budget', 'free_at']).execute();
}

/** Kept as it changes: to count a million events takes a start seconds. */
async function countPending(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('backlog')
    .addColumn('pending', 'integer', (column) => column.notNull())
    .execute();
  await sql`INSERT INTO backlog SELECT COUNT(*) FROM events WHERE state = 'pending'`.execute(db);
}
