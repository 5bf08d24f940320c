import { sql } from 'kysely';
import { Client } from 'pg';
import { describeOnPostgres } from '../../../test/postgres/describe-on-postgres';
import type { OwnSchema } from '../../../test/postgres/describe-on-postgres';
import { connectPostgres, openPostgres } from './open-postgres';
import { POSTGRES_MIGRATIONS } from '../migrations/postgres-migrations';

describeOnPostgres(openPostgres.name, (createSchema) => {
  let schema: OwnSchema;
  beforeEach(async () => (schema = await createSchema()));
  afterEach(() => schema.remove());

  it('brings a store to its present form once, however many replicas start at the same time', async () => {
    const opening = Array.from({ length: 6 }, () => openPostgres(schema.store));
    const opened = await Promise.all(opening);
    const [db] = opened;
    const applied = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(db as (typeof opened)[0]);
    expect(applied.rows.map(({ name }) => name)).toEqual(Object.keys(await POSTGRES_MIGRATIONS.getMigrations()));
    for (const each of opened) await each.destroy();
  });

  it('keeps stores in other schemas of the database apart', async () => {
    const another = await createSchema();
    const stores = await Promise.all([schema, another].map(({ store }) => openPostgres(store)));
    for (const db of stores) expect(await db.selectFrom('events').selectAll().execute()).toEqual([]);
    for (const db of stores) await db.destroy();
    await another.remove();
  });

  it('does not mind that other schemas of the database come and go', async () => {
    const admin = await connectPostgres(schema.store);
    let isOpening = true;
    const comeAndGo = async (name: string): Promise<void> => {
      while (isOpening) {
        await sql`CREATE SCHEMA ${sql.id(name)} CREATE TABLE one (id bigint) CREATE TABLE two (id bigint)`.execute(
          admin,
        );
        await sql`DROP SCHEMA ${sql.id(name)} CASCADE`.execute(admin);
      }
    };
    const others = [1, 2].map((number) => comeAndGo(`${schema.name}_${number}`));
    const opening = async (): Promise<void> => {
      for (let time = 0; time < 3; time += 1) await (await openPostgres(schema.store)).destroy();
    };
    const opened = opening().finally(() => (isOpening = false));
    await Promise.allSettled(others);
    await expect(opened).resolves.toBeUndefined();
    await admin.destroy();
  });

  it('is content with a role that owns nothing but its schema', async () => {
    const { url, name, store } = schema;
    const admin = await connectPostgres(store);
    const role = `role_of_${name}`;
    await sql`CREATE ROLE ${sql.id(role)} LOGIN PASSWORD 'test'`.execute(admin);
    await sql`ALTER SCHEMA ${sql.id(name)} OWNER TO ${sql.id(role)}`.execute(admin);
    const own = new URL(url);
    [own.username, own.password] = [role, 'test'];
    const db = await openPostgres({ ...store, url: own.href });
    expect(await db.selectFrom('events').selectAll().execute()).toEqual([]);
    await db.destroy();
    await sql`DROP OWNED BY ${sql.id(role)} CASCADE`.execute(admin);
    await sql`DROP ROLE ${sql.id(role)}`.execute(admin);
    await sql`CREATE SCHEMA ${sql.id(name)}`.execute(admin);
    await admin.destroy();
  });

  it('goes on after the database has ended a connection in use', async () => {
    const [db, admin] = [await openPostgres(schema.store), await connectPostgres(schema.store)];
    const broken = db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(tx);
      await sql`SELECT pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(admin);
      await tx.selectFrom('events').selectAll().execute();
    });
    await expect(broken).rejects.toThrow();
    expect(await db.selectFrom('events').selectAll().execute()).toEqual([]);
    await Promise.all([db.destroy(), admin.destroy()]);
  });

  it('leaves a server that takes no writes any more, with every connection that leads there', async () => {
    // Of a pooler the sessions are not the relay's to leave.
    const db = await openPostgres({ ...schema.store, url: schema.url });
    const write = () => db.updateTable('store_moves').set({ at_row: 1 }).execute();
    const processes = async (): Promise<readonly unknown[]> => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid, pg_sleep(0.05)`.execute(db);
      return rows.map(({ pid }) => pid);
    };
    const before = (await Promise.all([processes(), processes()])).flat();
    expect(new Set(before).size).toBe(2);
    // As on a server that becomes a standby: of the two, one finds out.
    await sql`SET default_transaction_read_only = on`.execute(db);
    await Promise.allSettled([write(), write()]);
    const after = (await Promise.all([processes(), processes()])).flat();
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
    await write();
    await db.destroy();
  });

  it('lets calls wait for a connection of its own where the server has no room for another', async () => {
    const admin = await connectPostgres(schema.store);
    const role = `crowded_${schema.name}`;
    await sql`CREATE ROLE ${sql.id(role)} LOGIN PASSWORD 'test' CONNECTION LIMIT 2`.execute(admin);
    const own = new URL(schema.url);
    [own.username, own.password] = [role, 'test'];
    const db = await connectPostgres({ ...schema.store, url: own.href });
    const calls = Array.from({ length: 20 }, () =>
      db.transaction().execute((tx) => sql`SELECT pg_sleep(0.02)`.execute(tx)),
    );
    expect((await Promise.allSettled(calls)).map(({ status }) => status)).not.toContain('rejected');
    await db.destroy();
    await sql`DROP ROLE ${sql.id(role)}`.execute(admin);
    await admin.destroy();
  });

  it('rejects at once where the server has no room, and none of its own can be waited for', async () => {
    const admin = await connectPostgres(schema.store);
    const role = `crowded_${schema.name}`;
    await sql`CREATE ROLE ${sql.id(role)} LOGIN PASSWORD 'test' CONNECTION LIMIT 0`.execute(admin);
    const own = new URL(schema.url);
    [own.username, own.password] = [role, 'test'];
    await expect(connectPostgres({ ...schema.store, url: own.href })).rejects.toThrow(/too many connections/);
    await sql`DROP ROLE ${sql.id(role)}`.execute(admin);
    await admin.destroy();
  });

  it('uses the first server of several that can be written', async () => {
    const { username, password, host, pathname } = new URL(schema.url);
    const url = `postgres://${username}:${password}@127.0.0.1:1,${host}${pathname}?target_session_attrs=read-write`;
    const db = await openPostgres({ ...schema.store, url });
    expect(await db.selectFrom('events').selectAll().execute()).toEqual([]);
    await db.destroy();
  });

  it('passes over a server that cannot be written, and says so where there is no other', async () => {
    const admin = await connectPostgres(schema.store);
    const role = `reader_of_${schema.name}`;
    await sql`CREATE ROLE ${sql.id(role)} LOGIN PASSWORD 'test'`.execute(admin);
    await sql`ALTER ROLE ${sql.id(role)} SET default_transaction_read_only = on`.execute(admin);
    const own = new URL(schema.url);
    [own.username, own.password] = [role, 'test'];
    await expect(openPostgres({ ...schema.store, url: own.href })).rejects.toThrow('the server is set to be read only');
    await sql`DROP ROLE ${sql.id(role)}`.execute(admin);
    await admin.destroy();
  });

  it('works as ever where the database, its role or the URL set something else for a session', async () => {
    const admin = await connectPostgres(schema.store);
    const role = `role_of_${schema.name}`;
    await sql`CREATE ROLE ${sql.id(role)} LOGIN SUPERUSER PASSWORD 'test'`.execute(admin);
    for (const setting of [
      'default_transaction_isolation = serializable',
      'synchronous_commit = off',
      'search_path = pg_catalog',
      // Long enough, on a busy machine, for the statement that sets another.
      'statement_timeout = 500',
    ]) {
      await sql`ALTER ROLE ${sql.id(role)} SET ${sql.raw(setting)}`.execute(admin);
    }
    const own = new URL(schema.url);
    [own.username, own.password, own.search] = [role, 'test', '?options=-c%20lock_timeout%3D1'];
    const db = await openPostgres({ ...schema.store, url: own.href });
    const names = ['transaction_isolation', 'synchronous_commit', 'lock_timeout', 'statement_timeout'];
    const { rows } = await sql<{ value: string }>`
      SELECT current_setting(name) AS value FROM unnest(${names}::text[]) AS name`.execute(db);
    expect(rows.map(({ value }) => value)).toEqual(['read committed', 'on', '0', '30s']);
    expect(await db.selectFrom('events').selectAll().execute()).toEqual([]);
    await db.destroy();
    await sql`DROP OWNED BY ${sql.id(role)} CASCADE`.execute(admin);
    await sql`DROP ROLE ${sql.id(role)}`.execute(admin);
    await admin.destroy();
  });

  it('refuses a database that cannot hold every text', async () => {
    const client = new Client({ connectionString: schema.url });
    await client.connect();
    await client.query(`CREATE DATABASE ${schema.name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    const latin = new URL(schema.url);
    latin.pathname = schema.name;
    await expect(openPostgres({ ...schema.store, url: latin.href })).rejects.toThrow(/its encoding is LATIN1/);
    await client.query(`DROP DATABASE ${schema.name}`);
    await client.end();
  });

  it('rejects where the database cannot be reached', async () => {
    const nowhere = new URL(schema.url);
    nowhere.port = '1';
    await expect(openPostgres({ ...schema.store, url: nowhere.href })).rejects.toThrow(/ECONNREFUSED/);
  });
});
