import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** What lists, searches and figures need: indexes, counts kept as they change, requests, and pauses by hand. */
export const addOperations: Migration = {
  async up(db: Kysely<unknown>) {
    await extendEvents(db);
    await indexLists(db);
    await createCounts(db);
    await db.schema
      .createTable('sent_requests')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('sent_at', 'integer', (column) => column.notNull())
      .addColumn('milliseconds', 'integer', (column) => column.notNull())
      .addColumn('status', 'integer')
      .addColumn('failure', 'text')
      .addColumn('events', 'integer', (column) => column.notNull())
      .addColumn('succeeded', 'integer', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('sent_requests_age').on('sent_requests').columns(['succeeded', 'sent_at']).execute();
    await db.schema
      .createTable('pauses_by_hand')
      .addColumn('destination', 'text', (column) => column.primaryKey())
      .addColumn('paused_at', 'integer', (column) => column.notNull())
      .execute();
  },
};

async function extendEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('events')
    .addColumn('requests', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await db.schema
    .alterTable('events')
    .addColumn('replays', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
}

/**
 * Each list is in the order of an index, whatever it is narrowed to: none has to be sorted or looked through. One index
 * serves all lists of events, as a merge of their kinds: each further one would slow down the intake. What no other query
 * asks for stands first in it, so that none mistakes it for its own.
 */
async function indexLists(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('events_kind')
    .on('events')
    .columns(['type', 'reason', 'state', 'destination', 'accepted_at', 'id'])
    .execute();
  await db.schema.dropIndex('events_user').execute();
  await db.schema
    .createIndex('events_user')
    .on('events')
    .columns(['destination', 'lane', 'accepted_at', 'id'])
    .where('settled_at' as never, 'is not', null)
    .execute();
  await db.schema.dropIndex('lanes_queued').execute();
  await db.schema
    .createIndex('lanes_queued')
    .on('lanes')
    .columns(['destination', 'queued_at', 'oldest_event'])
    .execute();
}

/** Counted as they change: to count a million events takes part of a second, and the overview asks each second. */
async function createCounts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('event_counts')
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('erased', 'integer', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_counts_key', ['destination', 'state', 'type', 'reason', 'erased'])
    .execute();
  await sql`
    INSERT INTO event_counts
    SELECT destination, state, type, COALESCE(reason, '') AS why, CASE WHEN body = '' THEN 1 ELSE 0 END AS erased, COUNT(*)
    FROM events GROUP BY destination, state, type, why, erased
  `.execute(db);
  await db.schema.dropTable('backlog').execute();
  await db.schema
    .createTable('flow')
    .addColumn('minute', 'integer', (column) => column.notNull())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('accepted', 'integer', (column) => column.notNull())
    .addColumn('delivered', 'integer', (column) => column.notNull())
    .addColumn('filtered', 'integer', (column) => column.notNull())
    .addColumn('unsupported', 'integer', (column) => column.notNull())
    .addColumn('rejected', 'integer', (column) => column.notNull())
    .addColumn('requests', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('flow_key', ['minute', 'destination'])
    .execute();
}
