import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { identify, track, trackOf } from '../../test/outbox-suite/sample-events';
import { describeOnPostgres } from '../../test/postgres/describe-on-postgres';
import { BREAK, BreakingProgress, SILENT } from '../../test/store-move/breaking-progress';
import { deliverSome } from '../../test/store-move/deliver-some';
import { ODD_USER } from '../../test/store-move/fill-busy-store';
import { useStoreToMove } from '../../test/store-move/use-store-to-move';
import { connectPostgres } from '../outbox/postgres/open-postgres';
import type { Db } from '../outbox/schema/outbox-schema';
import { openSqlite } from '../outbox/sqlite/open-sqlite';
import { describeFailure } from './describe-failure';
import { moveStore } from './move-store';
import { Progress } from './progress';
import { listTables } from './tables';

describeOnPostgres(moveStore.name, (createSchema) => {
  const store = useStoreToMove(createSchema);

  it('moves every table that a store has', async () => {
    const { rows } = await sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`.execute(
      store.source,
    );
    const own = ['kysely_migration', 'kysely_migration_lock', 'sqlite_sequence', 'store_moves'];
    const names = rows.map(({ name }) => name).filter((name) => !own.includes(name));
    expect((await listTables(store.source, store.target)).map(({ name }) => name)).toEqual(names.sort());
  });

  it('copies every row of every table, as a restart would find it', async () => {
    const contents = await store.contentsOf(store.source);
    expect(Object.keys(contents).filter((table) => contents[table]?.length === 0)).toEqual([]);
    expect(await store.move()).toBe(true);
    await store.expectMoved();
  });

  it('delivers the rest as the old store would have: the same turns in the same order at the same times', async () => {
    await store.move();
    const leased = [];
    for (const outbox of [await store.restart(), await store.openTarget()]) {
      const first = await deliverSome(outbox, 12);
      await outbox.accept([identify('new'), trackOf('emil', 'newer'), trackOf(ODD_USER, 'newest')]);
      leased.push([...first, ...(await deliverSome(outbox, 200))]);
      await outbox.close();
    }
    const [old = [], moved = []] = leased;
    expect(moved).toEqual(old);
    expect(old.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['turns', 'wait', 'idle']));
    expect(old.at(-1)).toEqual({ kind: 'idle', until: undefined });
    expect(await store.contentsOf(store.target)).toEqual(await store.contentsOfRestarted());
  });

  it('copies large events a few at a time', async () => {
    const body = sql<string>`'"' || ${'x'.repeat(1_800_000)} || '"'`;
    await store.source.updateTable('events').set({ body }).where('id', '<', 12).execute();
    const pages: number[] = [];
    class CountingProgress extends Progress {
      override add(table: string, rows: number): void {
        if (table === 'events') pages.push(rows);
        super.add(table, rows);
      }
    }
    await moveStore(store.source, store.target, new CountingProgress(SILENT));
    expect(pages.slice(0, 4)).toEqual([2, 2, 2, 2]);
    const digestOf = (db: Db) =>
      db
        .selectFrom('events')
        .select(['id', sql<string>`substr(body, 1, 20)`.as('body'), sql<number>`length(body)`.as('length')])
        .orderBy('id')
        .execute();
    expect(await digestOf(store.target)).toEqual(await digestOf(store.source));
  });

  it('still knows message ids', async () => {
    await store.move();
    const outbox = await store.openTarget();
    const events = await outbox.listEvents({ limit: 1_000 });
    await outbox.accept([track('one'), track('in flight'), track('erased 1')]);
    expect(await outbox.listEvents({ limit: 1_000 })).toHaveLength(events.length);
    await outbox.close();
  });

  it('keeps a refused event of a user whose id is too long for an index', async () => {
    const userId = randomBytes(4_000).toString('base64');
    await store.source.updateTable('events').set({ lane: userId }).where('message_id', '=', 'never').execute();
    await store.move();
    const outbox = await store.openTarget();
    expect(await outbox.listEvents({ userId, limit: 10 })).toMatchObject([{ messageId: 'never' }]);
    await outbox.close();
  });

  it('never gives an id again, though its row is gone', async () => {
    await store.source.deleteFrom('sent_requests').execute();
    const { seq } =
      (await sql<{ seq: number }>`SELECT seq FROM sqlite_sequence WHERE name = 'sent_requests'`.execute(store.source))
        .rows[0] ?? {};
    await store.move();
    const sent = {
      kind: 'upsert',
      sent_at: 1,
      milliseconds: 1,
      status: 200,
      failure: null,
      events: 1,
      succeeded: 1,
    } as const;
    expect(await store.target.insertInto('sent_requests').values(sent).returning('id').executeTakeFirst()).toEqual({
      id: (seq ?? 0) + 1,
    });
  });

  it('goes on wherever it broke off, also when that is after every page', async () => {
    let runs = 0;
    for (let isMoved = false; !isMoved; runs += 1) {
      isMoved = await store.move(new BreakingProgress(1)).catch((error: unknown) => {
        expect(error).toMatchObject({ message: BREAK });
        return false;
      });
    }
    expect(runs).toBeGreaterThan(15);
    await store.expectMoved();
  });

  it('goes on after the database has ended its connection in the middle of a page', async () => {
    const own = await connectPostgres(store.schema.store);
    await sql`CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
      PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END'`.execute(store.target);
    await sql`CREATE TRIGGER break_off BEFORE INSERT ON lanes FOR EACH ROW EXECUTE FUNCTION break_off()`.execute(
      store.target,
    );
    await expect(store.move(undefined, store.source, own)).rejects.toThrow();
    await sql`DROP FUNCTION break_off CASCADE`.execute(store.target);
    await own.destroy();
    expect(await store.move()).toBe(true);
    await store.expectMoved();
  });

  it('refuses what does not hold the same in the end, says where, and begins anew the next time', async () => {
    const spoiling = new (class extends Progress {
      override say(text: string): void {
        if (text.startsWith('Copied'))
          spoilt = store.target.deleteFrom('events').where('state', '=', 'delivered').execute();
      }
    })(SILENT);
    let spoilt: Promise<unknown> = Promise.resolve();
    await expect(store.move(spoiling)).rejects.toThrow(
      /events: \d+ in SQLite, \d+ in PostgreSQL\n {2}events, here, delivered: \d+ in SQLite, 0 in PostgreSQL/,
    );
    await spoilt;
    await store.source.destroy();
    await (await openSqlite(store.path)).destroy();
    await store.reopenSource();
    expect(await store.move()).toBe(true);
    await store.expectMoved();
  });

  it('keeps what is stored out of the text of a failure', async () => {
    await sql`ALTER TABLE events ADD CONSTRAINT short CHECK (length(body) < 3)`.execute(store.target);
    const error: unknown = await store.move().catch((thrown: unknown) => thrown);
    await sql`ALTER TABLE events DROP CONSTRAINT short`.execute(store.target);
    expect(describeFailure(error)).toBe('PostgreSQL refused it: SQLSTATE 23514');
  });
});
