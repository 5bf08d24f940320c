import { checked, objectOf, optional, type Checked } from './check';
import { parseCsv } from './parse-csv';
import { upsertFields, type Upsert } from './upsert';

const MAX_ROWS = 65_000;

const rowCheck = objectOf({ ...upsertFields, userId: optional(upsertFields.userId) });

/** One upsert for each row with a `user_id`. A row with an email alone is accepted, and names nobody to upsert. */
export function parseBulk(text: string): Checked<Upsert[]> {
  const [columns, ...rows] = parseCsv(text) ?? [];
  if (!columns) return { ok: false, error: 'body: expected CSV with a line of column names' };
  if (new Set(columns).size < columns.length) return { ok: false, error: 'body: a column name occurs twice' };
  if (rows.length > MAX_ROWS) return { ok: false, error: `body: expected at most ${MAX_ROWS} rows` };
  const upserts: Upsert[] = [];
  for (const [index, row] of rows.entries()) {
    const parsed = parseRow(columns, row);
    if (!parsed.ok) return { ok: false, error: `row ${index + 1}: ${parsed.error}` };
    if (parsed.value.userId !== undefined) upserts.push(parsed.value as Upsert);
  }
  return { ok: true, value: upserts };
}

function parseRow(columns: readonly string[], cells: readonly string[]): Checked<Partial<Upsert>> {
  if (cells.length > columns.length) return { ok: false, error: 'more cells than columns' };
  const filled = columns
    .map((column, index) => [column, cells[index] ?? ''] as const)
    .filter(([, cell]) => cell !== '');
  const { user_id: userId, email, ...attributes } = Object.fromEntries(filled);
  if (userId === undefined && email === undefined) return { ok: false, error: 'neither user_id nor email' };
  return checked({ userId, emailAddress: email, attributes }, rowCheck);
}
