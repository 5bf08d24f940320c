import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useOwnSqliteErrors } from '../../../test/own-sqlite-errors';
import { checkSqlite } from './check-sqlite';
import { openSqlite } from './open-sqlite';

describe(checkSqlite.name, () => {
  let folder: string;
  beforeAll(useOwnSqliteErrors);
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'check-sqlite-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is content with a store, also while a relay has it', async () => {
    const path = join(folder, 'relay.db');
    const db = await openSqlite(path);
    expect(checkSqlite(path)).toBe('the file can be read and written');
    await db.destroy();
  });

  it('says of a store that was moved where to look, and of a move under way nothing', async () => {
    const path = join(folder, 'relay.db');
    const db = await openSqlite(path);
    const move = { id: 'move', state: 'under_way', at_table: null, at_row: null } as const;
    await db.insertInto('store_moves').values(move).execute();
    expect(checkSqlite(path)).toBe('the file can be read and written');
    await db.updateTable('store_moves').set({ state: 'complete' }).execute();
    expect(() => checkSqlite(path)).toThrow('this store was moved to PostgreSQL');
    await db.destroy();
  });

  it('says where one will be made, and makes nothing', () => {
    const path = join(folder, 'data', 'relay.db');
    expect(checkSqlite(path)).toBe(`the file will be made in ${join(folder, 'data')}`);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('names what is no store, or cannot hold one', () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'This is no database, but a text of some length. '.repeat(100));
    expect(() => checkSqlite(path)).toThrow(`${path} cannot be read as a store (SQLITE_NOTADB)`);
    expect(() => checkSqlite(join(path, 'relay.db'))).toThrow(`${path} is no folder`);
    mkdirSync(join(folder, 'a-folder'));
    expect(() => checkSqlite(join(folder, 'a-folder'))).toThrow('cannot be read as a store');
  });
});
