import { diffCode } from './diff-code';

describe(diffCode.name, () => {
  it('shows what differs with two lines around it', () => {
    const before = numbered(1, 20);
    expect(diffCode(before, before.replace('line 10\n', 'line ten\nline ten and a half\n'))).toEqual({
      summary: 'lines added: 2, removed: 1',
      lines: [
        '--- deployed',
        '+++ built',
        '@@ -8,5 +8,6 @@',
        ' line 8',
        ' line 9',
        '-line 10',
        '+line ten',
        '+line ten and a half',
        ' line 11',
        ' line 12',
      ],
    });
  });

  it('does not take other line ends for a difference', () => {
    expect(diffCode(numbered(1, 20).replaceAll('\n', '\r\n'), numbered(1, 20)).lines).toHaveLength(2);
  });

  it('cuts what is long, and counts all of it', () => {
    const { summary, lines } = diffCode(numbered(1, 5), numbered(1, 500));
    expect(summary).toBe('lines added: 495, removed: 0');
    expect(lines).toHaveLength(2 + 100 + 1);
    expect(lines.at(-1)).toBe('… and 398 more lines');
  });

  it('cuts long lines', () => {
    expect(diffCode('', 'x'.repeat(50_000)).lines).toContain(`+${'x'.repeat(159)}…`);
  });

  it('shows no lines of other code altogether', () => {
    expect(diffCode(numbered(1, 3_000), numbered(5_000, 7_500))).toEqual({
      summary: 'other code altogether: 2501 lines instead of 3000',
      lines: [],
    });
  });
});

function numbered(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, index) => `line ${first + index}\n`).join('');
}
