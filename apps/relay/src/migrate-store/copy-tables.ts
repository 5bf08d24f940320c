import { sql } from 'kysely';
import { firstWithin } from '../outbox/schema/first-within';
import { octetLength } from '../outbox/schema/octet-length';
import type { Db } from '../outbox/schema/outbox-schema';
import { userKey } from '../outbox/port/user-key';
import type { Move } from './begin-move';
import { MoveRefused } from './move-refused';
import type { Table } from './tables';

type Row = Readonly<Record<string, unknown>>;

// Beside the number of rows: a page is one statement, and no text may be longer than half a gigabyte.
const PAGE_BYTES = 4 * 1024 * 1024;

/** SQLite's own number of a row: each table has it, in an index. */
const ROW_ID = '_row_id';

/** Where copying broke off: after a row of a table; undefined where it has not begun. */
export function endOf({ at_table, at_row }: Move): { table: string; row: number } | undefined {
  return at_table === null ? undefined : { table: at_table, row: at_row ?? 0 };
}

/**
 * Copies every row that the move has not copied yet, with its id, page by page. A page and the row that it ends at are
 * one transaction, so that a move which breaks off anywhere goes on there. `report` is told of each page.
 */
export async function copyTables(
  source: Db,
  target: Db,
  move: Move,
  tables: readonly Table[],
  pageRows: number,
  report: (table: string, rows: number) => void,
): Promise<void> {
  const end = endOf(move);
  for (const table of tables) {
    if (end && table.name < end.table) continue;
    let after = table.name === end?.table ? end.row : 0;
    for (;;) {
      const rows = await readPage(source, table, after, pageRows);
      const last = rows.at(-1);
      if (!last) break;
      after = last[ROW_ID] as number;
      await writePage(target, move, table, rows, after);
      report(table.name, rows.length);
    }
  }
}

async function readPage(source: Db, { name, columns }: Table, after: number, limit: number): Promise<readonly Row[]> {
  const names = sql.join(columns.map((column) => sql.id(column.name)));
  const bytes = sql.join(
    columns.map((column) => sql`COALESCE(${octetLength(column.name)}, 0)`),
    sql` + `,
  );
  const sizes = await sql<{ id: number; bytes: number }>`
    SELECT rowid AS id, ${bytes} AS bytes FROM ${sql.table(name)}
    WHERE rowid > ${after} ORDER BY rowid LIMIT ${limit}
  `.execute(source);
  const last = firstWithin(sizes.rows, PAGE_BYTES).at(-1);
  if (!last) return [];
  const { rows } = await sql<Row>`
    SELECT rowid AS ${sql.id(ROW_ID)}, ${names} FROM ${sql.table(name)}
    WHERE rowid > ${after} AND rowid <= ${last.id} ORDER BY rowid
  `.execute(source);
  return rows;
}

async function writePage(target: Db, move: Move, table: Table, rows: readonly Row[], atRow: number): Promise<void> {
  const { name, columns } = table;
  const names = sql.join(columns.map((column) => sql.id(column.name)));
  const arrays = columns.map((column) => {
    const values = rows.map((row) => asWrittenToday(name, column.name, row[column.name]));
    return sql`${values}::${sql.raw(column.type)}[]`;
  });
  await target.transaction().execute(async (tx) => {
    await sql`INSERT INTO ${sql.table(name)} (${names}) SELECT * FROM unnest(${sql.join(arrays)})`.execute(tx);
    const { numUpdatedRows } = await tx
      .updateTable('store_moves')
      .set({ at_table: name, at_row: atRow })
      .where('id', '=', move.id)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) throw new MoveRefused('--to: the mark of this move is gone');
  });
}

/** Earlier relays kept users' ids that are too long for an index of PostgreSQL, where they refused the event. */
function asWrittenToday(table: string, column: string, value: unknown): unknown {
  return table === 'events' && column === 'lane' && typeof value === 'string' ? userKey(value) : value;
}
