const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/** Rows of cells (RFC 4180), without empty lines; `undefined` when a quote is out of place. */
export function parseCsv(text: string): string[][] | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  CELL.lastIndex = 0;
  for (;;) {
    const cell = CELL.exec(text);
    if (!cell) return undefined;
    row.push(cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '');
    if (cell[3] === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    if (cell[3] === '') return rows;
    row = [];
  }
}
