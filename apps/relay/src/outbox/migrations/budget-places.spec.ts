import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LARGE_BUDGET, leaseTurn } from '../../../test/outbox-suite/attempt';
import { NOW, SECOND, track } from '../../../test/outbox-suite/sample-events';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import type { OwnSchema } from '../../../test/postgres/describe-on-postgres';
import { connectPostgres, openPostgres } from '../postgres/open-postgres';
import { PostgresOutbox } from '../postgres/postgres-outbox';
import type { Db } from '../schema/outbox-schema';
import { openSqlite, openSqliteToMove } from '../sqlite/open-sqlite';
import { SqliteOutbox } from '../sqlite/sqlite-outbox';
import { MIGRATIONS } from './migrations';
import { POSTGRES_MIGRATIONS } from './postgres-migrations';

const FREE_AT = NOW + 60 * SECOND;

/** Three places in a budget, as the relay of the form before kept them; the last one is free again. */
async function takePlaces(db: Db): Promise<void> {
  for (const freeAt of [FREE_AT, FREE_AT, NOW]) {
    await sql`INSERT INTO requests (budget, free_at) VALUES (${LARGE_BUDGET.id}, ${freeAt})`.execute(db);
  }
}

describe('a store in SQLite whose places in a budget are called requests', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relay-old-store-'));
    path = join(folder, 'relay.db');
    const db: Db = new Kysely({ dialect: new SqliteDialect({ database: new Database(path) }) });
    await new Migrator({ db, provider: MIGRATIONS }).migrateTo('005-store-moves');
    await takePlaces(db);
    await sql`DELETE FROM requests WHERE free_at <= ${NOW}`.execute(db);
    await sql`INSERT INTO store_moves (id, state) VALUES ('half', 'under_way'), ('whole', 'complete')`.execute(db);
    await db.destroy();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has the same places, and gives no id a second time', async () => {
    const db = await openSqliteToMove(path);
    await db.deleteFrom('store_moves').execute();
    const outbox = await SqliteOutbox.create(db, { backlogLimit: 100, parkedLimit: 100 });
    expect(await outbox.budgetUse(LARGE_BUDGET, NOW)).toMatchObject({ used: 2, blockedUntil: 0 });
    await outbox.accept([track('one')]);
    expect((await leaseTurn(outbox)).id).toBe(4);
    await outbox.close();
  });

  it('begins a move anew that an older version has begun: its tables had another order', async () => {
    const db = await openSqliteToMove(path);
    expect(await db.selectFrom('store_moves').select(['id', 'state']).orderBy('id').execute()).toEqual([
      { id: 'half', state: 'given_up' },
      { id: 'whole', state: 'complete' },
    ]);
    await db.destroy();
    await expect(openSqlite(path)).rejects.toThrow('this store was moved to PostgreSQL');
  });
});

describeOnPostgres('a store in PostgreSQL whose places in a budget are called requests', (createSchema) => {
  let schema: OwnSchema;
  let db: Db;
  beforeEach(async () => {
    schema = await createSchema();
    const old = await connectPostgres(schema.store);
    const migrator = new Migrator({ db: old, provider: POSTGRES_MIGRATIONS, migrationTableSchema: schema.name });
    await migrator.migrateTo('003-store-moves');
    await takePlaces(old);
    await old.destroy();
    db = await openPostgres(schema.store);
  });
  afterEach(async () => {
    await db.destroy();
    await schema.remove();
  });

  it('has the same places, and gives no id a second time', async () => {
    const circle = { schema: schema.name, sender: 'test' };
    const outbox = await PostgresOutbox.create(await connectPostgres(schema.store), {
      backlogLimit: 100,
      parkedLimit: 50,
      leaseMs: 30_000,
      circle,
    });
    expect((await outbox.budgetUse(LARGE_BUDGET, NOW + SECOND)).used).toBe(2);
    await outbox.accept([track('one')]);
    expect((await leaseTurn(outbox)).id).toBe(4);
    await outbox.close();
  });

  it('can be used by replicas of the version before under the old name', async () => {
    const { rows } = await sql<{ id: number }>`
      INSERT INTO requests (budget, free_at) VALUES ('other', ${FREE_AT}) RETURNING id
    `.execute(db);
    expect(rows).toEqual([{ id: 4 }]);
    await sql`UPDATE requests SET free_at = ${FREE_AT + 1} WHERE id = 4`.execute(db);
    await sql`DELETE FROM requests WHERE budget = ${LARGE_BUDGET.id} AND free_at <= ${NOW}`.execute(db);
    const all = [1, 2, 4].map((id) => ({
      id,
      budget: id === 4 ? 'other' : LARGE_BUDGET.id,
      free_at: id === 4 ? FREE_AT + 1 : FREE_AT,
    }));
    const columns = ['id', 'budget', 'free_at'] as const;
    expect(await db.selectFrom('budget_places').select(columns).orderBy('id').execute()).toEqual(all);
    expect((await sql`SELECT * FROM requests ORDER BY id`.execute(db)).rows).toEqual(all);
  });
});
