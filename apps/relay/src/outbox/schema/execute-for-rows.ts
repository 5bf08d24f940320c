import { CompiledQuery } from 'kysely';
import { isPostgres } from './is-postgres';
import type { Db } from './outbox-schema';

/** One statement in two forms. */
export interface RowStatement {
  /** SQLite: prepared once and run for each row, with a parameter for each column (sqlite/kept-statements.ts). */
  readonly one: string;
  /** PostgreSQL: the same for any number of rows, with an array for each column. */
  readonly all: string;
}

/** Runs the statement for rows, all with the same columns. Returns what it gives back. */
export async function executeForRows<R>(
  db: Db,
  { one, all }: RowStatement,
  rows: readonly (readonly unknown[])[],
): Promise<readonly R[]> {
  const [first] = rows;
  if (!first) return [];
  const query = isPostgres(db)
    ? CompiledQuery.raw(
        all,
        first.map((_, column) => rows.map((row) => row[column])),
      )
    : CompiledQuery.raw(one, [rows]);
  return (await db.executeQuery<R>(query)).rows;
}
