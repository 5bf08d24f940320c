import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOnPostgres } from '../../test/postgres/describe-on-postgres';
import type { OwnSchema } from '../../test/postgres/describe-on-postgres';
import { identify, NOW, track, trackOf } from '../../test/outbox-suite/sample-events';
import { useOwnSqliteErrors } from '../../test/own-sqlite-errors';
import { deliverSome } from '../../test/store-move/deliver-some';
import { fillBusyStore, ODD_USER } from '../../test/store-move/fill-busy-store';
import type { Db } from '../outbox/schema/outbox-schema';
import { connectPostgres, openPostgres } from '../outbox/postgres/open-postgres';
import { openSqlite, openSqliteToMove } from '../outbox/sqlite/open-sqlite';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { PostgresNews } from '../outbox/postgres/postgres-news';
import { PostgresOutbox } from '../outbox/postgres/postgres-outbox';
import { SqliteOutbox } from '../outbox/sqlite/sqlite-outbox';
import { isInUse } from '../outbox/postgres/store-use';
import { describeFailure } from './describe-failure';
import { moveStore } from './move-store';
import { Progress } from './progress';
import { listTables } from './tables';

const PAGE_ROWS = 7;
const LIMIT = 1_000_000;

// The database is shared by all tests that run now.
jest.setTimeout(30_000);

describeOnPostgres(moveStore.name, (createSchema) => {
  let schema: OwnSchema;
  let target: Db;
  let folder: string;
  let source: Db;
  /** Stopped in the middle of its work. */
  let busy: string;

  beforeAll(async () => {
    useOwnSqliteErrors();
    schema = await createSchema();
    target = await openPostgres(schema.store);
    folder = mkdtempSync(join(tmpdir(), 'relay-move-'));
    busy = join(folder, 'busy.db');
    const outbox = await SqliteOutbox.create(await openSqlite(busy), LIMIT);
    await fillBusyStore(outbox);
    await outbox.close();
  });
  beforeEach(async () => {
    copyFileSync(busy, join(folder, 'relay.db'));
    source = await openSqliteToMove(join(folder, 'relay.db'));
  });
  afterEach(async () => {
    await source.destroy();
    await schema.empty();
  });
  afterAll(async () => {
    await target.destroy();
    await schema.remove();
    rmSync(folder, { recursive: true });
  });

  const move = (progress = new Progress(SILENT), from = source) => moveStore(from, target, progress, PAGE_ROWS);
  /** Again where a busy machine has made the database's clock look like another. */
  async function openTarget(): Promise<OutboxPort> {
    for (;;) {
      const circle = { schema: schema.name, sender: 'test' };
      const limits = { backlogLimit: LIMIT, leaseMs: 600_000, circle };
      const outbox = await PostgresOutbox.create(await openPostgres(schema.store), limits);
      const shown = { id: 'shows the clock', requests: 1, windowMs: 1 };
      await outbox.block(shown, NOW);
      const [row] = await target.deleteFrom('budgets').where('id', '=', shown.id).returning('blocked_until').execute();
      if (row?.blocked_until === NOW) return outbox;
      await outbox.close();
    }
  }

  /** Rows of every table, in SQLite's order of their keys. */
  async function contentsOf(db: Db): Promise<Readonly<Record<string, readonly string[]>>> {
    const contents: Record<string, readonly string[]> = {};
    for (const { name, columns } of await listTables(source, target)) {
      const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(db);
      contents[name] = rows.map((row) => JSON.stringify(columns.map((column) => row[column.name]))).sort();
    }
    return contents;
  }

  /** The store as it is after a restart of its relay, opened. */
  async function restart(): Promise<SqliteOutbox> {
    copyFileSync(busy, join(folder, 'restarted.db'));
    return SqliteOutbox.create(await openSqlite(join(folder, 'restarted.db')), LIMIT);
  }

  /** Of a closed store. */
  async function contentsOfRestarted(): Promise<unknown> {
    const db = await openSqliteToMove(join(folder, 'restarted.db'));
    const contents = await contentsOf(db);
    await db.destroy();
    return contents;
  }

  async function expectMoved(): Promise<void> {
    await (await restart()).close();
    expect(await contentsOf(target)).toEqual(await contentsOfRestarted());
  }

  it('moves every table that a store has', async () => {
    const { rows } = await sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`.execute(source);
    const own = ['kysely_migration', 'kysely_migration_lock', 'sqlite_sequence', 'store_moves'];
    const names = rows.map(({ name }) => name).filter((name) => !own.includes(name));
    expect((await listTables(source, target)).map(({ name }) => name)).toEqual(names.sort());
  });

  it('copies every row of every table, as a restart would find it', async () => {
    const contents = await contentsOf(source);
    expect(Object.keys(contents).filter((table) => contents[table]?.length === 0)).toEqual([]);
    expect(await move()).toBe(true);
    await expectMoved();
  });

  it('delivers the rest as the old store would have: the same turns in the same order at the same times', async () => {
    await move();
    const leased = [];
    for (const outbox of [await restart(), await openTarget()]) {
      const first = await deliverSome(outbox, 12);
      await outbox.accept([identify('new'), trackOf('emil', 'newer'), trackOf(ODD_USER, 'newest')]);
      leased.push([...first, ...(await deliverSome(outbox, 200))]);
      await outbox.close();
    }
    const [old = [], moved = []] = leased;
    expect(moved).toEqual(old);
    expect(old.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['turn', 'wait', 'idle']));
    expect(old.at(-1)).toEqual({ kind: 'idle', until: undefined });
    expect(await contentsOf(target)).toEqual(await contentsOfRestarted());
  });

  it('still knows message ids', async () => {
    await move();
    const outbox = await openTarget();
    const events = await outbox.listEvents({ limit: 1_000 });
    await outbox.accept([track('one'), track('in flight'), track('erased 1')]);
    expect(await outbox.listEvents({ limit: 1_000 })).toHaveLength(events.length);
    await outbox.close();
  });

  it('keeps a refused event of a user whose id is too long for an index', async () => {
    const userId = randomBytes(4_000).toString('base64');
    await source.updateTable('events').set({ lane: userId }).where('message_id', '=', 'never').execute();
    await move();
    const outbox = await openTarget();
    expect(await outbox.listEvents({ userId, limit: 10 })).toMatchObject([{ messageId: 'never' }]);
    await outbox.close();
  });

  it('never gives an id again, though its row is gone', async () => {
    await source.deleteFrom('sent_requests').execute();
    const { seq } =
      (await sql<{ seq: number }>`SELECT seq FROM sqlite_sequence WHERE name = 'sent_requests'`.execute(source))
        .rows[0] ?? {};
    await move();
    const sent = {
      kind: 'upsert',
      sent_at: 1,
      milliseconds: 1,
      status: 200,
      failure: null,
      events: 1,
      succeeded: 1,
    } as const;
    expect(await target.insertInto('sent_requests').values(sent).returning('id').executeTakeFirst()).toEqual({
      id: (seq ?? 0) + 1,
    });
  });

  it('goes on wherever it broke off, also when that is after every page', async () => {
    let runs = 0;
    for (let isMoved = false; !isMoved; runs += 1) {
      isMoved = await move(new BreakingProgress(1)).catch((error: unknown) => {
        expect(error).toMatchObject({ message: BREAK });
        return false;
      });
    }
    expect(runs).toBeGreaterThan(15);
    await expectMoved();
  });

  it('goes on after the database has ended its connection in the middle of a page', async () => {
    const own = await connectPostgres(schema.store);
    await sql`CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN
      PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END'`.execute(target);
    await sql`CREATE TRIGGER break_off BEFORE INSERT ON lanes FOR EACH ROW EXECUTE FUNCTION break_off()`.execute(
      target,
    );
    await expect(moveStore(source, own, new Progress(SILENT), PAGE_ROWS)).rejects.toThrow();
    await sql`DROP FUNCTION break_off CASCADE`.execute(target);
    await own.destroy();
    expect(await move()).toBe(true);
    await expectMoved();
  });

  describe('before it is complete', () => {
    it('keeps every relay from the half store', async () => {
      await expect(move(new BreakingProgress(3))).rejects.toThrow(BREAK);
      await expect(openPostgres(schema.store)).rejects.toThrow('is not complete');
    });

    it('lets a relay go on with the old store; the next move begins anew', async () => {
      await expect(move(new BreakingProgress(8))).rejects.toThrow(BREAK);
      await source.destroy();
      const outbox = await SqliteOutbox.create(await openSqlite(join(folder, 'relay.db')), LIMIT);
      await deliverSome(outbox, 10);
      await outbox.accept([track('meanwhile')]);
      await outbox.close();
      source = await openSqliteToMove(join(folder, 'relay.db'));
      expect(await move()).toBe(true);
      expect(await contentsOf(target)).toEqual(await contentsOf(source));
    });

    it('is no error where the old store has its mark already, and the new one not', async () => {
      await sql`ALTER TABLE store_moves ADD CONSTRAINT broken CHECK (state <> 'complete')`.execute(target);
      await expect(move()).rejects.toThrow('broken');
      await sql`ALTER TABLE store_moves DROP CONSTRAINT broken`.execute(target);
      await expect(openPostgres(schema.store)).rejects.toThrow('is not complete');
      await expectMovedAway();
      expect(await move()).toBe(true);
      await expectMoved();
    });
  });

  async function expectMovedAway(): Promise<void> {
    await source.destroy();
    await expect(openSqlite(join(folder, 'relay.db'))).rejects.toThrow('this store was moved to PostgreSQL');
    source = await openSqliteToMove(join(folder, 'relay.db'));
  }

  describe('when it is complete', () => {
    it('keeps every relay from the old store', async () => {
      await move();
      await expectMovedAway();
    });

    it('has nothing more to do, and leaves alone what relays have done since', async () => {
      await move();
      const outbox = await openTarget();
      await deliverSome(outbox, 10);
      const contents = await contentsOf(target);
      expect(await move()).toBe(false);
      expect(await contentsOf(target)).toEqual(contents);
      await outbox.close();
    });

    it('is refused to another database', async () => {
      await move();
      await schema.empty();
      await expect(move()).rejects.toThrow('--from: this store was moved already, to another database');
    });
  });

  describe('a target that is not for it', () => {
    it('is one that holds something', async () => {
      const outbox = await openTarget();
      await outbox.accept([track('one')]);
      await outbox.close();
      await expect(move()).rejects.toThrow('--to: this store is not empty');
      expect(await target.selectFrom('events').select('message_id').execute()).toEqual([{ message_id: 'one' }]);
      expect(await source.selectFrom('store_moves').selectAll().execute()).toEqual([]);
    });

    it('is one to which another store is moved', async () => {
      await expect(move(new BreakingProgress(3))).rejects.toThrow(BREAK);
      const other = join(folder, 'other.db');
      copyFileSync(busy, other);
      const db = await openSqliteToMove(other);
      await expect(move(undefined, db)).rejects.toThrow('--to: a move of another store');
      await db.destroy();
      expect(await move()).toBe(true);
    });

    it('is one that a relay has, though nothing is in it', async () => {
      const news = new PostgresNews(
        { connectionString: schema.url, options: `-c search_path=${schema.name}` },
        { schema: schema.name, sender: 'relay' },
      );
      await untilInUse(target);
      await expect(move()).rejects.toThrow('--to: a relay uses this store');
      await news.close();
    });
  });

  it('refuses what does not hold the same in the end, says where, and begins anew the next time', async () => {
    const spoiling = new (class extends Progress {
      override say(text: string): void {
        if (text.startsWith('Copied')) spoilt = target.deleteFrom('events').where('state', '=', 'delivered').execute();
      }
    })(SILENT);
    let spoilt: Promise<unknown> = Promise.resolve();
    await expect(move(spoiling)).rejects.toThrow(
      /events: \d+ in SQLite, \d+ in PostgreSQL\n {2}events, here, delivered: \d+ in SQLite, 0 in PostgreSQL/,
    );
    await spoilt;
    await source.destroy();
    await (await openSqlite(join(folder, 'relay.db'))).destroy();
    source = await openSqliteToMove(join(folder, 'relay.db'));
    expect(await move()).toBe(true);
    await expectMoved();
  });

  it('keeps what is stored out of the text of a failure', async () => {
    await sql`ALTER TABLE events ADD CONSTRAINT short CHECK (length(body) < 3)`.execute(target);
    const error: unknown = await move().catch((thrown: unknown) => thrown);
    await sql`ALTER TABLE events DROP CONSTRAINT short`.execute(target);
    expect(describeFailure(error)).toBe('PostgreSQL refused it: SQLSTATE 23514');
  });
});

const SILENT = { isTerminal: false, write: () => undefined };
const BREAK = 'broken off here';

/** Breaks the move off after so many pages. */
class BreakingProgress extends Progress {
  constructor(private left: number) {
    super(SILENT);
  }

  override add(): void {
    this.left -= 1;
    if (this.left === 0) throw new Error(BREAK);
  }
}

async function untilInUse(db: Db): Promise<void> {
  while (!(await db.transaction().execute(isInUse)));
}
