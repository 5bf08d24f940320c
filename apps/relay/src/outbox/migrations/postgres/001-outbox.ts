import type { CreateTableBuilder, Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** The form that the SQLite store has after its third migration, and leases. */
export const createOutbox: Migration = {
  async up(db: Kysely<unknown>) {
    await createEvents(db);
    await createLanes(db);
    await createBudgets(db);
    await createCounts(db);
    await createRequests(db);
    await table(db, 'pauses', [], ['reason'], ['paused_at', 'probes', 'probe_at'])
      .addColumn('destination', 'text', (column) => column.primaryKey())
      .execute();
    await table(db, 'pauses_by_hand', [], [], ['paused_at'])
      .addColumn('destination', 'text', (column) => column.primaryKey())
      .execute();
  },
};

/** A table with these columns that are never null: ids that the database gives, texts, numbers. */
function table(
  db: Kysely<unknown>,
  name: string,
  ids: readonly string[],
  texts: readonly string[],
  numbers: readonly string[],
): CreateTableBuilder<string, string> {
  let query: CreateTableBuilder<string, string> = db.schema.createTable(name);
  for (const id of ids) {
    query = query.addColumn(id, 'bigint', (column) => column.generatedByDefaultAsIdentity().primaryKey());
  }
  for (const text of texts) query = query.addColumn(text, 'text', (column) => column.notNull());
  for (const number of numbers) query = query.addColumn(number, 'bigint', (column) => column.notNull());
  return query;
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  const texts = ['destination', 'message_id', 'type', 'body', 'state', 'warnings', 'history'];
  await table(db, 'events', ['id'], texts, ['accepted_at', 'queued_at', 'attempts'])
    .addColumn('lane', 'text')
    .addColumn('other_user', 'text')
    .addColumn('reason', 'text')
    .addColumn('message', 'text')
    .addColumn('requests', 'text', (column) => column.notNull().defaultTo('[]'))
    .addColumn('replays', 'text', (column) => column.notNull().defaultTo('[]'))
    .addColumn('settled_at', 'bigint')
    .addUniqueConstraint('events_message', ['destination', 'message_id'])
    .execute();
  await sql`CREATE INDEX events_pending ON events (destination, lane, id) WHERE state = 'pending'`.execute(db);
  await sql`CREATE INDEX events_settled ON events (state, settled_at) WHERE settled_at IS NOT NULL`.execute(db);
  await sql`
    CREATE INDEX events_user ON events (destination, lane, accepted_at, id) WHERE settled_at IS NOT NULL
  `.execute(db);
  await sql`
    CREATE INDEX events_other_user ON events (destination, other_user) WHERE other_user IS NOT NULL
  `.execute(db);
  await sql`CREATE INDEX events_kind ON events (type, reason, state, destination, accepted_at, id)`.execute(db);
}

async function createLanes(db: Kysely<unknown>): Promise<void> {
  const numbers = ['oldest_event', 'queued_at', 'attempts', 'parked', 'leased', 'woken', 'creates_user'];
  await table(db, 'lanes', [], ['destination', 'lane'], numbers)
    .addColumn('due_at', 'bigint')
    .addColumn('last_delete', 'bigint')
    .addPrimaryKeyConstraint('lanes_key', ['destination', 'lane'])
    .execute();
  await sql`CREATE INDEX lanes_queued ON lanes (destination, queued_at, oldest_event)`.execute(db);
  await sql`
    CREATE INDEX lanes_ready ON lanes (destination, oldest_event) WHERE due_at IS NULL AND leased = 0
  `.execute(db);
  await sql`CREATE INDEX lanes_waiting ON lanes (destination, due_at) WHERE due_at IS NOT NULL`.execute(db);
  await sql`
    CREATE INDEX lanes_deleting ON lanes (destination, oldest_event) WHERE last_delete IS NOT NULL
  `.execute(db);
  await table(db, 'leases', [], ['destination', 'lanes'], ['expires_at', 'is_purge'])
    .addColumn('turn', 'bigint', (column) => column.primaryKey())
    .execute();
  await table(db, 'housekeeping', [], ['keeper'], ['expires_at'])
    .addColumn('id', 'bigint', (column) => column.primaryKey())
    .execute();
  await table(db, 'known_users', [], ['destination', 'user_id'], ['known', 'learnt_at', 'look_ups'])
    .addColumn('look_up_at', 'bigint')
    .addPrimaryKeyConstraint('known_users_key', ['destination', 'user_id'])
    .execute();
  await sql`CREATE INDEX known_users_unknown ON known_users (learnt_at) WHERE known = 0`.execute(db);
}

async function createBudgets(db: Kysely<unknown>): Promise<void> {
  await table(db, 'budgets', [], ['rate'], ['next_at', 'blocked_until'])
    .addColumn('id', 'text', (column) => column.primaryKey())
    .execute();
  await table(db, 'requests', ['id'], ['budget'], ['free_at']).execute();
  await sql`CREATE INDEX requests_free ON requests (budget, free_at)`.execute(db);
}

async function createCounts(db: Kysely<unknown>): Promise<void> {
  const kind = ['destination', 'state', 'type', 'reason'];
  await table(db, 'event_counts', [], kind, ['erased', 'count'])
    .addPrimaryKeyConstraint('event_counts_key', ['destination', 'state', 'type', 'reason', 'erased'] as never[])
    .execute();
  const ends = ['delivered', 'filtered', 'unsupported', 'rejected'];
  await table(db, 'flow', [], ['destination'], ['minute', 'accepted', ...ends, 'requests'])
    .addPrimaryKeyConstraint('flow_key', ['minute', 'destination'] as never[])
    .execute();
}

async function createRequests(db: Kysely<unknown>): Promise<void> {
  await table(db, 'sent_requests', ['id'], ['kind'], ['sent_at', 'milliseconds', 'events', 'succeeded'])
    .addColumn('status', 'bigint')
    .addColumn('failure', 'text')
    .execute();
  await sql`CREATE INDEX sent_requests_age ON sent_requests (succeeded, sent_at)`.execute(db);
}
