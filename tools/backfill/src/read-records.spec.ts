import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkTables } from './check-tables';
import { ColumnMapping } from './column-mapping';
import { findFiles } from './history-file';
import { readRecords } from './read-records';
import type { HistoryRecord } from './history-record';

describe('files that are not UTF-8', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'backfill-'))));

  afterEach(() => rmSync(folder, { recursive: true }));

  function write(name: string, content: Buffer) {
    writeFileSync(join(folder, name), content);
    return findFiles([join(folder, name)]).files;
  }

  async function read(name: string, content: Buffer): Promise<readonly HistoryRecord[]> {
    const all: HistoryRecord[] = [];
    for (const file of write(name, content)) for await (const records of readRecords(file)) all.push(...records);
    return all;
  }

  it('have rows that are broken, and others', async () => {
    const rows = Buffer.from('user_id,traits.name\n1,José\n2,Ann\n', 'latin1');
    const broken = { kind: 'broken', place: 2, why: 'expected UTF-8' };
    const ann = { kind: 'row', place: 3, cells: ['2', 'Ann'] };
    expect((await read('a.csv', rows)).slice(1)).toEqual([broken, ann]);
    expect((await read('a.csv.gz', gzipSync(rows))).slice(1)).toEqual([broken, ann]);
  });

  it('have lines that are broken, and others', async () => {
    const lines = Buffer.from('{"userId":"Müller"}\n{"userId":"Ann"}\n', 'latin1');
    expect(await read('a.jsonl', lines)).toEqual([
      { kind: 'broken', place: 1, why: 'expected UTF-8' },
      { kind: 'json', place: 2, text: '{"userId":"Ann"}' },
    ]);
  });

  it('have no columns where their names are not', async () => {
    const files = write('a.csv', Buffer.from('user_id,traits.prénom\nu1,x\n', 'latin1'));
    await expect(checkTables(files, new ColumnMapping())).rejects.toThrow('a.csv: line 1: expected UTF-8');
  });
});
