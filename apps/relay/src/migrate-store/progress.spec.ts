import { Progress } from './progress';

function show(isTerminal: boolean, use: (progress: Progress) => void): string {
  let written = '';
  use(new Progress({ isTerminal, write: (text) => (written += text) }));
  return written;
}

describe(Progress.name, () => {
  it('draws a bar over itself on a terminal', () => {
    const written = show(true, (progress) => {
      progress.begin(4_000, 0);
      progress.add('events', 1_000);
      progress.add('lanes', 3_000);
      progress.say('Done.');
    });
    expect(written).toBe(
      '4,000 rows to copy.\n' +
        `\r\u001b[2K[#######-----------------------] 25 % 1,000 of 4,000 rows, events` +
        `\r\u001b[2K[##############################] 100 % 4,000 of 4,000 rows, lanes\nDone.\n`,
    );
  });

  it('writes a line for each tenth elsewhere', () => {
    const written = show(false, (progress) => {
      progress.begin(1_000, 100);
      for (let page = 0; page < 18; page += 1) progress.add('events', 50);
      progress.say('Done.');
    });
    const lines = written.split('\n');
    expect(lines[0]).toBe('Going on: 100 of 1,000 rows are copied.');
    expect(lines.slice(1, 4)).toEqual([
      '10 %: 150 of 1,000 rows',
      '20 %: 200 of 1,000 rows',
      '30 %: 300 of 1,000 rows',
    ]);
    expect(lines.slice(-4)).toEqual(['90 %: 900 of 1,000 rows', '100 %: 1,000 of 1,000 rows', 'Done.', '']);
  });

  it('has nothing to show of an empty store', () => {
    expect(show(true, (progress) => progress.begin(0, 0))).toBe('0 rows to copy.\n');
  });
});
