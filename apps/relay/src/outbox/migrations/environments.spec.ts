import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, sql } from 'kysely';
import type { MigrationProvider } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, lease } from '../../../test/outbox-suite/attempt';
import { DELIVERED, HERE, identify, NOW, SECOND, THERE, trackOf } from '../../../test/outbox-suite/sample-events';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import type { OwnSchema } from '../../../test/postgres/describe-on-postgres';
import type { OutboxPort } from '../port/outbox.port';
import { connectPostgres, openPostgres } from '../postgres/open-postgres';
import { PostgresOutbox } from '../postgres/postgres-outbox';
import type { Db } from '../schema/outbox-schema';
import { openSqlite } from '../sqlite/open-sqlite';
import { SqliteOutbox } from '../sqlite/sqlite-outbox';
import { MIGRATIONS } from './migrations';
import { POSTGRES_MIGRATIONS } from './postgres-migrations';

const LOOK_UP_AT = NOW + 60 * SECOND;

/** Whom the relay of the form before knew, and whom it had looked up in vain. */
async function knowUsers(db: Db): Promise<void> {
  for (const [destination, user, known] of [
    [HERE, 'anna', 1],
    [HERE, 'bert', 0],
    [THERE, 'cleo', 1],
  ] as const) {
    const lookUpAt = known === 1 ? null : LOOK_UP_AT;
    await sql`
      INSERT INTO known_users (destination, user_id, known, learnt_at, look_ups, look_up_at)
      VALUES (${destination}, ${user}, ${known}, ${NOW}, 0, ${lookUpAt})
    `.execute(db);
  }
}

async function migrateTo(db: Db, name: string, provider: MigrationProvider, schema?: string): Promise<void> {
  const options = schema === undefined ? {} : { migrationTableSchema: schema };
  const { error } = await new Migrator({ db, provider, ...options }).migrateTo(name);
  expect(error).toBeUndefined();
}

function describeAdoption(outbox: () => OutboxPort): void {
  const start = (destination: string, environment: string) => outbox().useEnvironments([{ destination, environment }]);
  const areKnown = (environment: string) =>
    Promise.all(['anna', 'bert', 'cleo'].map((user) => outbox().isKnownUser(environment, user)));

  it('gives them to the key that the destination has when it is started first', async () => {
    await start(HERE, 'first');
    expect(await areKnown('first')).toEqual([true, false, false]);
    expect(await outbox().hasAnswered('first')).toBe(true);
    await outbox().accept([trackOf('bert', 'one')]);
    expect(await lease(outbox(), { environment: 'first', looksUp: true })).toEqual({ kind: 'idle', until: LOOK_UP_AT });
    await start(HERE, 'second');
    expect(await areKnown('second')).toEqual([false, false, false]);
    expect(await outbox().hasAnswered('second')).toBe(false);
  });

  it('gives those of two destinations with one key from the first, and to nobody later', async () => {
    await start(HERE, 'shared');
    await start(THERE, 'shared');
    expect(await areKnown('shared')).toEqual([true, false, false]);
    await start(THERE, 'other');
    expect(await areKnown('other')).toEqual([false, false, false]);
  });

  it('goes on with them', async () => {
    await start(HERE, 'first');
    await outbox().accept([
      identify('one', { fate: { lane: 'bert', createsUser: true, deletesUser: false, otherUser: null } }),
    ]);
    await attempt(outbox(), [DELIVERED], { environment: 'first', learnt: [['bert', 'known']] });
    expect(await areKnown('first')).toEqual([true, true, false]);
  });
}

describe('a store in SQLite that knows users by destination', () => {
  let folder: string;
  let outbox: SqliteOutbox;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relay-old-store-'));
    const path = join(folder, 'relay.db');
    const db: Db = new Kysely({ dialect: new SqliteDialect({ database: new Database(path) }) });
    await migrateTo(db, '006-budget-places', MIGRATIONS);
    await knowUsers(db);
    await db.destroy();
    outbox = await SqliteOutbox.create(await openSqlite(path), { backlogLimit: 100, parkedLimit: 100 });
  });
  afterEach(async () => {
    await outbox.close();
    rmSync(folder, { recursive: true });
  });
  describeAdoption(() => outbox);
});

describeOnPostgres('a store in PostgreSQL that knows users by destination', (createSchema) => {
  let schema: OwnSchema;
  let outbox: PostgresOutbox;
  let db: Db;
  beforeEach(async () => {
    schema = await createSchema();
    const old = await connectPostgres(schema.store);
    await migrateTo(old, '004-budget-places', POSTGRES_MIGRATIONS, schema.name);
    await knowUsers(old);
    await old.destroy();
    db = await openPostgres(schema.store);
    const circle = { schema: schema.name, sender: 'test' };
    outbox = await PostgresOutbox.create(await connectPostgres(schema.store), {
      backlogLimit: 100,
      parkedLimit: 50,
      leaseMs: 30_000,
      circle,
    });
  });
  afterEach(async () => {
    await outbox.close();
    await db.destroy();
    await schema.remove();
  });
  describeAdoption(() => outbox);

  it('is used by replicas of the version before, and what they learn counts', async () => {
    await outbox.useEnvironments([{ destination: HERE, environment: 'first' }]);
    for (const user of ['anna', 'bert', 'dora']) {
      await sql`
        INSERT INTO known_users (destination, user_id, known, learnt_at, look_ups, look_up_at)
        VALUES (${HERE}, ${user}, 1, ${NOW}, 0, NULL)
        ON CONFLICT (destination, user_id) DO UPDATE SET known = 1, look_up_at = NULL WHERE known_users.known = 0
      `.execute(db);
    }
    await sql`DELETE FROM known_users WHERE destination = ${HERE} AND user_id = 'anna'`.execute(db);
    const known = await Promise.all(['anna', 'bert', 'dora'].map((user) => outbox.isKnownUser('first', user)));
    expect(known).toEqual([false, true, true]);
    const { rows } = await sql`SELECT known FROM known_users WHERE destination = ${HERE} AND user_id = 'bert'`.execute(
      db,
    );
    expect(rows).toEqual([{ known: 1 }]);
  });

  it('is started by several replicas at once, also with several keys', async () => {
    const keys = ['one', 'two', 'one', 'two'];
    await Promise.all(keys.map((environment) => outbox.useEnvironments([{ destination: HERE, environment }])));
    const known = await Promise.all(['one', 'two'].map((environment) => outbox.isKnownUser(environment, 'anna')));
    expect(known.sort()).toEqual([false, true]);
  });
});
