import Database from 'better-sqlite3';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useOwnSqliteErrors } from '../../../test/own-sqlite-errors';
import { openSqlite } from './open-sqlite';
import type { OutboxSchema } from '../schema/outbox-schema';

describe(openSqlite.name, () => {
  let folder: string;
  let path: string;
  const opened: Kysely<OutboxSchema>[] = [];
  beforeAll(useOwnSqliteErrors);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'relay-sqlite-'));
    path = join(folder, 'relay.db');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((db) => db.destroy()));
    rmSync(folder, { recursive: true });
  });

  async function open(at = path): Promise<Kysely<OutboxSchema>> {
    const db = await openSqlite(at);
    opened.push(db);
    return db;
  }

  it('makes the file and the folders that lead to it', async () => {
    const deep = join(folder, 'data', 'deep', 'relay.db');
    await open(deep);
    expect(existsSync(deep)).toBe(true);
  });

  it('writes ahead, so that readers and the writer do not wait for each other', async () => {
    await open();
    const other = new Database(path, { readonly: true });
    expect(other.pragma('journal_mode', { simple: true })).toBe('wal');
    other.close();
  });

  it('waits for the disk at every commit', async () => {
    const { rows } = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(await open());
    expect(rows).toEqual([{ synchronous: 2 }]);
  });

  it('opens a file again that is in its present form', async () => {
    await (await openSqlite(path)).destroy();
    const db = await open();
    expect(await db.selectFrom('events').selectAll().execute()).toEqual([]);
  });

  it('refuses a file that is no database, leaves it as it is and gives it free', async () => {
    const content = 'not a database, but somebody may need it'.repeat(100);
    writeFileSync(path, content);
    await expect(openSqlite(path)).rejects.toThrow('not a database');
    expect(readFileSync(path, 'utf8')).toBe(content);
    rmSync(path);
    await open();
  });

  it('refuses a store that was written by a newer relay', async () => {
    const db = await openSqlite(path);
    await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('999-later', '2030-01-01')`.execute(db);
    await db.destroy();
    await expect(openSqlite(path)).rejects.toThrow('999-later');
  });

  describe('a file that is open', () => {
    it('is refused to a second relay, with a sentence that says so', async () => {
      await open();
      await expect(openSqlite(path)).rejects.toThrow(
        'another relay uses this store; one SQLite file is for one process',
      );
    });

    it('stays open for the first, which a refusal does not disturb', async () => {
      const db = await open();
      await expect(openSqlite(path)).rejects.toThrow('another relay');
      await expect(openSqlite(path)).rejects.toThrow('another relay');
      expect(await db.selectFrom('events').selectAll().execute()).toEqual([]);
    });

    it('can be opened by another when it was closed', async () => {
      await (await openSqlite(path)).destroy();
      await open();
    });

    it('can be read for a backup', async () => {
      await open();
      const backup = new Database(path, { readonly: true });
      expect(backup.prepare('SELECT COUNT(*) AS count FROM events').get()).toEqual({ count: 0 });
      backup.close();
    });

    it('keeps nobody from opening another', async () => {
      await open();
      await open(join(folder, 'other.db'));
    });
  });
});
