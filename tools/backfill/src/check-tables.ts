import { InputError } from './input-error';
import type { ColumnMapping } from './column-mapping';
import type { HistoryFile } from './history-file';
import { EventReader } from './read-event';
import { readRecords } from './read-records';

/** Looks at the columns of all tables before anything is handed over. Throws with a sentence that names the file and the column. */
export async function checkTables(files: readonly HistoryFile[], mapping: ColumnMapping): Promise<void> {
  const tables = files.filter(({ isCsv }) => isCsv);
  const seen = new Set<string>();
  for (const file of tables) {
    const names = await firstRow(file);
    if (!names) continue;
    new EventReader(file, mapping).read({ kind: 'row', place: 1, cells: names });
    for (const name of names) seen.add(name);
  }
  const missing = mapping.names.find((name) => !seen.has(name));
  // Other records may have it: nobody knows their names before they are read.
  if (missing === undefined || tables.length < files.length) return;
  throw new InputError(
    `--mapping: column ${JSON.stringify(missing)}: expected one that a file has; found ${listOf(seen)}`,
  );
}

async function firstRow(file: HistoryFile): Promise<readonly string[] | undefined> {
  for await (const records of readRecords(file)) {
    const [first] = records;
    // The names of the columns: the next row would be taken for them.
    if (first?.kind === 'broken') throw new InputError(`${file.path}: line ${first.place}: ${first.why}`);
    if (first?.kind === 'row') return first.cells;
  }
  return undefined;
}

function listOf(names: Iterable<string>): string {
  return [...names].map((name) => JSON.stringify(name)).join(', ');
}
