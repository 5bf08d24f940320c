import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectWritable } from './own-files';

describe(expectWritable.name, () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'backfill-'))));

  afterEach(() => rmSync(folder, { recursive: true }));

  it('takes what is there, and what is not there yet', () => {
    const path = join(folder, 'report.jsonl');
    expectWritable({ '--report': path });
    writeFileSync(path, '');
    expectWritable({ '--report': path });
  });

  it.each([
    ['missing/state.jsonl', '--state: expected a file that can be written (ENOENT)'],
    ['.', '--state: expected a file, found something else of that name'],
  ])('refuses %s', (name, sentence) => {
    expect(() => expectWritable({ '--state': join(folder, name) })).toThrow(sentence);
  });

  it('refuses a device, in the place of which a file would be put', () => {
    expect(() => expectWritable({ '--report': '/dev/null' })).toThrow(
      '--report: expected a file, found something else',
    );
  });
});
