import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReportFile } from './report-file';

const FILES = [{ path: 'a.gz' }, { path: 'b.gz' }];

describe(ReportFile.name, () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'backfill-'));
    path = join(folder, 'report.jsonl');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('is not there where there is nothing to report', () => {
    appendFileSync(path, 'of an earlier run');
    ReportFile.create(path).write();
    expect(existsSync(path)).toBe(false);
  });

  it('keeps of an earlier run what is done, as the rest comes again', () => {
    const report = ReportFile.create(path);
    const lines = [
      { file: 'a.gz', line: 9, why: 'w', strand: 0 },
      { file: 'b.gz', line: 4, why: 'w', strand: 0 },
      { file: 'b.gz', line: 5, why: 'w', strand: 0 },
      { file: 'b.gz', line: 5, why: 'w', strand: 1 },
    ];
    for (const line of lines) report.add(line);
    report.write();
    appendFileSync(path, '{"file":"a.gz","li');
    const done = [
      { file: 1, place: 4 },
      { file: 1, place: 5 },
    ];
    ReportFile.resume(path, FILES, done);
    const kept = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(kept.map((line) => JSON.parse(line) as unknown)).toEqual([lines[0], lines[1], lines[3]]);
  });
});
