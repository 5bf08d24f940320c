import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect, sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HERE, NOW, SECOND, THERE } from '../../../test/outbox-suite/sample-events';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import { loadPausedTimes } from '../past-pauses';
import { connectPostgres, openPostgres } from '../postgres/open-postgres';
import { resume, savePause } from '../pauses';
import type { Db } from '../schema/outbox-schema';
import { openSqlite } from '../sqlite/open-sqlite';
import { MIGRATIONS } from './migrations';
import { POSTGRES_MIGRATIONS } from './postgres-migrations';

/** One that settings keep paused, and one that has an outage and that a person has paused. */
async function pauseBoth(db: Db): Promise<void> {
  for (const [destination, reason] of [
    [HERE, 'wrong_endpoint'],
    [THERE, 'timeout'],
  ]) {
    await sql`
      INSERT INTO pauses (destination, reason, paused_at, probes, probe_at)
      VALUES (${destination}, ${reason}, ${NOW}, 1, ${NOW + SECOND})
    `.execute(db);
  }
  await sql`INSERT INTO pauses_by_hand (destination, paused_at) VALUES (${THERE}, ${NOW})`.execute(db);
}

/** Pauses of before count from their beginning. */
async function expectCounted(db: Db): Promise<void> {
  const end = NOW + 60 * SECOND;
  await db.transaction().execute((tx) => savePause(tx, HERE, undefined, end));
  await db.transaction().execute((tx) => resume(tx, THERE, end));
  const times = [{ from: NOW, until: end }];
  expect(await loadPausedTimes(db)).toEqual(
    new Map([
      [HERE, times],
      [THERE, times],
    ]),
  );
}

it('a store in SQLite that kept no beginning of a misconfiguration counts pauses from theirs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-old-store-'));
  const path = join(folder, 'relay.db');
  const old: Db = new Kysely({ dialect: new SqliteDialect({ database: new Database(path) }) });
  await new Migrator({ db: old, provider: MIGRATIONS }).migrateTo('007-environments');
  await pauseBoth(old);
  await old.destroy();
  const db = await openSqlite(path);
  await expectCounted(db);
  await db.destroy();
  rmSync(folder, { recursive: true });
});

describeOnPostgres('a store in PostgreSQL that kept no beginning of a misconfiguration', (createSchema) => {
  it('counts pauses from theirs', async () => {
    const schema = await createSchema();
    const old = await connectPostgres(schema.store);
    const migrator = new Migrator({ db: old, provider: POSTGRES_MIGRATIONS, migrationTableSchema: schema.name });
    await migrator.migrateTo('005-environments');
    await pauseBoth(old);
    await old.destroy();
    const db = await openPostgres(schema.store);
    await expectCounted(db);
    await db.destroy();
    await schema.remove();
  });
});
