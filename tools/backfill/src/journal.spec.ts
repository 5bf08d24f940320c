import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from './journal';
import { NO_MARK } from './strand';
import { NOTHING } from './tally';

const TASK = { to: 'http://relay', key: 'k', choice: 'c', files: [{ name: 'a.gz', bytes: 10 }] };
const MARK = { position: { file: 0, place: 7 }, tally: { ...NOTHING, handedOver: 6, broken: 1 } };

const NEVER = (): never => {
  throw new Error('a short file is not written anew');
};

describe(Journal.name, () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'backfill-'));
    path = join(folder, 'state.jsonl');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function begin(): void {
    const { journal, progress } = Journal.open(path, TASK, 2);
    expect(progress).toEqual({ marks: [NO_MARK, NO_MARK], users: [] });
    journal.note({ marks: [NO_MARK, MARK], users: [[3, 1]] }, NEVER);
    journal.note({ marks: [MARK, MARK], users: [[9, 2]] }, NEVER);
    journal.close();
  }

  it('goes on from the last line, with all users that were noted', () => {
    begin();
    for (let again = 0; again < 2; again += 1) {
      const { journal, progress } = Journal.open(path, TASK, 2);
      journal.close();
      expect(progress.marks).toEqual([MARK, MARK]);
      expect(progress.users).toEqual([
        [3, 1],
        [9, 2],
      ]);
    }
  });

  it('passes over half a line of a process that died in it', () => {
    begin();
    appendFileSync(path, '{"marks":[{"position":{"file":5,');
    const { journal, progress } = Journal.open(path, TASK, 2);
    expect(progress.marks).toEqual([MARK, MARK]);
    journal.note({ marks: [MARK, MARK], users: [] }, NEVER);
    journal.close();
    expect(
      readFileSync(path, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown),
    ).toHaveLength(3);
  });

  it.each([
    [{ ...TASK, to: 'http://other' }, 'it belongs to another relay or write key'],
    [{ ...TASK, key: 'other' }, 'it belongs to another relay or write key'],
    [{ ...TASK, choice: 'other' }, 'it belongs to other --since, --until, --types or --mapping'],
    [{ ...TASK, files: [{ name: 'a.gz', bytes: 11 }] }, 'a.gz has changed since: it had 10 bytes, and has 11'],
    [{ ...TASK, files: [{ name: '0.gz', bytes: 1 }, ...TASK.files] }, '0.gz: expected a.gz in its place'],
    [{ ...TASK, files: [...TASK.files, { name: 'b.gz', bytes: 1 }] }, 'b.gz: expected no further file in its place'],
    [{ ...TASK, files: [] }, 'a.gz is missing'],
  ])('refuses to go on with another task', (task, sentence) => {
    begin();
    expect(() => Journal.open(path, task, 2)).toThrow(sentence);
  });

  it('writes a long file anew, so that it stays short', () => {
    const { journal } = Journal.open(path, TASK, 2);
    for (let line = 0; line <= 10_000; line += 1) {
      journal.note({ marks: [NO_MARK, MARK], users: [] }, () => ({ marks: [MARK, MARK], users: [[5, 5]] }));
    }
    journal.note({ marks: [MARK, NO_MARK], users: [[6, 6]] }, NEVER);
    journal.close();
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(4);
    const again = Journal.open(path, TASK, 2);
    again.journal.close();
    expect(again.progress).toEqual({
      marks: [MARK, NO_MARK],
      users: [
        [5, 5],
        [6, 6],
      ],
    });
  });

  it('leaves a file alone that is none of its own', () => {
    appendFileSync(path, 'precious');
    expect(() => Journal.open(path, TASK, 2)).toThrow('expected a state file of this command');
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });
});
