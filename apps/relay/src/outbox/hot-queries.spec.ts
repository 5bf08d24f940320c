import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { CALLS } from '../../test/hot-queries/call-outbox';
import { fillStore } from '../../test/hot-queries/fill-store';
import * as postgresPlans from '../../test/hot-queries/postgres-plans';
import * as sqlitePlans from '../../test/hot-queries/sqlite-plans';
import { describeOnPostgres } from '../../test/postgres/describe-on-postgres';
import type { OwnSchema } from '../../test/postgres/describe-on-postgres';
import { connectPostgres, openPostgres } from './postgres/open-postgres';
import { PostgresOutbox } from './postgres/postgres-outbox';
import { openSqlite } from './sqlite/open-sqlite';
import { SqliteOutbox } from './sqlite/sqlite-outbox';

jest.setTimeout(180_000);

const LIMITS = { backlogLimit: 1_000_000, parkedLimit: 1_000_000 };

describe('with many rows in SQLite', () => {
  let folder: string;
  let outbox: SqliteOutbox;
  let database: Database.Database;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'relay-hot-queries-'));
    const path = join(folder, 'relay.db');
    const db = await openSqlite(path);
    const filled = await SqliteOutbox.create(db, LIMITS);
    await fillStore(db, filled);
    await filled.close();
    // It prepares each statement once.
    outbox = await SqliteOutbox.create(await openSqlite(path), LIMITS);
    database = new Database(path, { readonly: true });
  });
  afterAll(async () => {
    database.close();
    await outbox.close();
    rmSync(folder, { recursive: true });
  });

  it.each(Object.entries(CALLS))('%s reads through no large table', async (_, call) => {
    const statements = await sqlitePlans.statementsOf(() => call(outbox));
    expect(statements.flatMap((text) => sqlitePlans.findScans(database, text))).toEqual([]);
  });
});

describeOnPostgres('with many rows in PostgreSQL', (createSchema) => {
  let schema: OwnSchema;
  let outbox: PostgresOutbox;
  let client: Client;
  beforeAll(async () => {
    schema = await createSchema();
    const db = await openPostgres(schema.store);
    const circle = { schema: schema.name, sender: 'test' };
    const options = { ...LIMITS, leaseMs: 30_000, circle };
    outbox = await PostgresOutbox.create(await connectPostgres(schema.store), options);
    await fillStore(db, outbox);
    await sql`ANALYZE`.execute(db);
    await db.destroy();
    client = new Client({ connectionString: schema.url, options: `-c search_path=${schema.name}` });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await outbox.close();
    await schema.remove();
  });

  it.each(Object.entries(CALLS))('%s reads through no large table', async (_, call) => {
    const found = [];
    for (const statement of await postgresPlans.statementsOf(() => call(outbox))) {
      found.push(...(await postgresPlans.findScans(client, statement)));
    }
    expect(found).toEqual([]);
  });
});
