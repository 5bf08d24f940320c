/** What a run came to. */
export interface FuzzReport {
  /** Rows of texts, a line of headings first. */
  readonly table: readonly (readonly string[])[];
  readonly summary: readonly (readonly [what: string, figure: string | number])[];
  /** A sentence for each promise that was broken. */
  readonly violations: readonly string[];
}

export function formatReport({ table, summary, violations }: FuzzReport): string {
  const first = Math.max(...table.map(([name = '']) => name.length), ...summary.map(([what]) => what.length));
  const rows = table.map(([name = '', ...cells]) => [name.padEnd(first), ...cells.map((cell) => cell.padStart(6))]);
  const figures = summary.map(([what, figure]) => `${what.padEnd(first)} ${String(figure).padStart(6)}`);
  return [...rows.map((cells) => cells.join(' ')), '', ...figures, '', ...violations.map(toLine)].join('\n');
}

function toLine(sentence: string): string {
  return `broken: ${sentence}`;
}
