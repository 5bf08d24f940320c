/// <reference types="jest" />
import { sql } from 'kysely';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveStore } from '../../src/migrate-store/move-store';
import { Progress } from '../../src/migrate-store/progress';
import { listTables } from '../../src/migrate-store/tables';
import type { OutboxPort } from '../../src/outbox/port/outbox.port';
import { openPostgres } from '../../src/outbox/postgres/open-postgres';
import { PostgresOutbox } from '../../src/outbox/postgres/postgres-outbox';
import type { Db } from '../../src/outbox/schema/outbox-schema';
import { openSqlite, openSqliteToMove } from '../../src/outbox/sqlite/open-sqlite';
import { SqliteOutbox } from '../../src/outbox/sqlite/sqlite-outbox';
import { NOW } from '../outbox-suite/sample-events';
import { useOwnSqliteErrors } from '../own-sqlite-errors';
import type { OwnSchema } from '../postgres/describe-on-postgres';
import { SILENT } from './breaking-progress';
import { fillBusyStore } from './fill-busy-store';

const PAGE_ROWS = 7;
const LIMIT = 1_000_000;

/** A store in SQLite that was stopped in the middle of its work, and an empty one in PostgreSQL to move it to. */
export class StoreToMove {
  source!: Db;
  target!: Db;
  schema!: OwnSchema;
  #folder!: string;

  get path(): string {
    return join(this.#folder, 'relay.db');
  }

  get #busy(): string {
    return join(this.#folder, 'busy.db');
  }

  async create(createSchema: () => Promise<OwnSchema>): Promise<void> {
    useOwnSqliteErrors();
    this.#folder = mkdtempSync(join(tmpdir(), 'relay-move-'));
    this.schema = await createSchema();
    this.target = await openPostgres(this.schema.store);
    const outbox = await SqliteOutbox.create(await openSqlite(this.#busy), { backlogLimit: LIMIT, parkedLimit: LIMIT });
    await fillBusyStore(outbox);
    await outbox.close();
  }

  /** As it was stopped, whatever a test before has done with it. */
  async copySource(): Promise<void> {
    copyFileSync(this.#busy, this.path);
    await this.reopenSource();
  }

  /** Opens the source again that a test has closed. */
  async reopenSource(): Promise<void> {
    this.source = await openSqliteToMove(this.path);
  }

  async remove(): Promise<void> {
    await this.target.destroy();
    await this.schema.remove();
    rmSync(this.#folder, { recursive: true });
  }

  move(progress = new Progress(SILENT), from = this.source, to = this.target): Promise<boolean> {
    return moveStore(from, to, progress, PAGE_ROWS);
  }

  /** A store of the same content beside the source. */
  async openAnother(): Promise<Db> {
    const other = join(this.#folder, 'other.db');
    copyFileSync(this.#busy, other);
    return openSqliteToMove(other);
  }

  /** Opens the target as a relay; again where a busy machine has made the database's clock look like another. */
  async openTarget(): Promise<OutboxPort> {
    for (;;) {
      const circle = { schema: this.schema.name, sender: 'test' };
      const limits = { backlogLimit: LIMIT, parkedLimit: LIMIT, leaseMs: 600_000, circle };
      const outbox = await PostgresOutbox.create(await openPostgres(this.schema.store), limits);
      const shown = { id: 'shows the clock', requests: 1, windowMs: 1 };
      await outbox.block(shown, NOW);
      const { target } = this;
      const [row] = await target.deleteFrom('budgets').where('id', '=', shown.id).returning('blocked_until').execute();
      if (row?.blocked_until === NOW) return outbox;
      await outbox.close();
    }
  }

  /** The source as a relay has it. */
  async openSource(): Promise<SqliteOutbox> {
    return SqliteOutbox.create(await openSqlite(this.path), { backlogLimit: LIMIT, parkedLimit: LIMIT });
  }

  /** The source as it is after a restart of its relay, opened. */
  async restart(): Promise<SqliteOutbox> {
    const path = join(this.#folder, 'restarted.db');
    copyFileSync(this.#busy, path);
    return SqliteOutbox.create(await openSqlite(path), { backlogLimit: LIMIT, parkedLimit: LIMIT });
  }

  /** Of the store that was restarted, and is closed. */
  async contentsOfRestarted(): Promise<unknown> {
    const db = await openSqliteToMove(join(this.#folder, 'restarted.db'));
    const contents = await this.contentsOf(db);
    await db.destroy();
    return contents;
  }

  /** Rows of every table, in SQLite's order of their keys. Of a doubt not since when: each store has read its own clock. */
  async contentsOf(db: Db): Promise<Readonly<Record<string, readonly string[]>>> {
    const contents: Record<string, readonly string[]> = {};
    for (const { name, columns } of await listTables(this.source, this.target)) {
      const { rows } = await sql<Record<string, unknown>>`SELECT * FROM ${sql.table(name)}`.execute(db);
      const valueOf = (row: Record<string, unknown>, column: string) =>
        column === 'in_doubt_since' ? row[column] !== null : row[column];
      contents[name] = rows.map((row) => JSON.stringify(columns.map((column) => valueOf(row, column.name)))).sort();
    }
    return contents;
  }

  /** Expects the target to hold what a restart finds. */
  async expectMoved(): Promise<void> {
    await (await this.restart()).close();
    expect(await this.contentsOf(this.target)).toEqual(await this.contentsOfRestarted());
  }

  /** Expects that no relay starts on the source any more. */
  async expectMovedAway(): Promise<void> {
    await this.source.destroy();
    await expect(openSqlite(this.path)).rejects.toThrow('this store was moved to PostgreSQL');
    await this.reopenSource();
  }
}

/** Gives each test a store to move, and an empty target. */
export function useStoreToMove(createSchema: () => Promise<OwnSchema>): StoreToMove {
  // The database is shared by all tests that run now.
  jest.setTimeout(120_000);
  const store = new StoreToMove();
  beforeAll(() => store.create(createSchema));
  beforeEach(() => store.copySource());
  afterEach(async () => {
    await store.source.destroy();
    await store.schema.empty();
  });
  afterAll(() => store.remove());
  return store;
}
