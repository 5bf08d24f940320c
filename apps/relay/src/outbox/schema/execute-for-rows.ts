import { CompiledQuery } from 'kysely';
import type { QueryResult } from 'kysely';
import { isPostgres } from './is-postgres';
import type { Db } from './outbox-schema';

/** One statement in two forms. */
export interface RowStatement {
  /** SQLite: prepared once and run for each row, with a parameter for each column (sqlite/kept-statements.ts). */
  readonly one: string;
  /** PostgreSQL: the same for any number of rows, with an array for each column. */
  readonly all: string;
}

type Rows = readonly (readonly unknown[])[];

/**
 * Runs the statement for rows, all with the same columns. Returns what it gives back. `shared`: what they have in common, after the
 * columns of their own; PostgreSQL is given it once.
 */
export async function executeForRows<R>(
  db: Db,
  statement: RowStatement,
  rows: Rows,
  shared: readonly unknown[] = [],
): Promise<readonly R[]> {
  return rows.length === 0 ? [] : (await execute<R>(db, statement, rows, shared)).rows;
}

/** The same, of a statement that gives nothing back. Returns how many rows it has changed. */
export async function changeRows(
  db: Db,
  statement: RowStatement,
  rows: Rows,
  shared: readonly unknown[] = [],
): Promise<number> {
  return rows.length === 0 ? 0 : Number((await execute(db, statement, rows, shared)).numAffectedRows);
}

function execute<R>(
  db: Db,
  { one, all }: RowStatement,
  rows: Rows,
  shared: readonly unknown[],
): Promise<QueryResult<R>> {
  const columns = rows[0]?.map((_, column) => rows.map((row) => row[column])) ?? [];
  const query = isPostgres(db)
    ? CompiledQuery.raw(all, [...columns, ...shared])
    : CompiledQuery.raw(one, [rows.map((row) => [...row, ...shared])]);
  return db.executeQuery<R>(query);
}
