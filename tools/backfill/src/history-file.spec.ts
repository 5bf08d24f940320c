import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFiles } from './history-file';

describe(findFiles.name, () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'backfill-'));
    for (const name of [
      '2025/b.gz',
      '2025/a.gz',
      '2024/z.jsonl',
      '2026.csv',
      'notes.txt',
      '.hidden.gz',
      '2024.5/c.json',
    ]) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), name);
    }
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('finds the files of a folder in order of their names, and counts what is none', () => {
    const { files, others } = findFiles([folder]);
    expect(files.map(({ name }) => name)).toEqual([
      '2024/z.jsonl',
      '2024.5/c.json',
      '2025/a.gz',
      '2025/b.gz',
      '2026.csv',
    ]);
    expect(files.map(({ isCsv }) => isCsv)).toEqual([false, false, false, false, true]);
    expect(others).toBe(1);
  });

  it('calls the same files the same in another folder, and reads one that is named twice once', () => {
    const given = [join(folder, '2025'), join(folder, '2025/b.gz'), join(folder, '2026.csv')];
    expect(findFiles(given).files.map(({ name }) => name)).toEqual(['a.gz', 'b.gz', '2026.csv']);
  });

  it('leaves alone what the command itself writes into the folder', () => {
    const own = { '--state': join(folder, '2025/a.gz'), '--report': join(folder, 'not-there-yet.jsonl') };
    expect(findFiles([join(folder, '2025')], own).files.map(({ name }) => name)).toEqual(['b.gz']);
  });

  it('refuses to write where it is to read', () => {
    const own = { '--report': join(folder, '2025', '..', '2026.csv') };
    const path = join(folder, '2026.csv');
    expect(() => findFiles([path], own)).toThrow(`--report: expected another file than ${path}, which is to be read`);
  });

  it.each([
    ['notes.txt', 'expected a file that ends in .gz, .jsonl, .json or .csv'],
    ['missing.gz', 'expected a file or a folder, found none that can be read'],
  ])('refuses %s', (name, sentence) => {
    expect(() => findFiles([join(folder, name)])).toThrow(sentence);
  });
});
