import { sql } from 'kysely';
import type { Db } from '../outbox/schema/outbox-schema';
import { schemaOf } from '../outbox/postgres/one-schema-dialect';
import { MoveRefused } from './move-refused';

/** A table as it is copied: all columns, with their types in PostgreSQL. */
export interface Table {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

// Each store's own: what is moved is everything else, whatever later migrations add.
const NOT_MOVED = /^(sqlite_|kysely_|store_moves$)/;

/** Every table of a store in SQLite that holds something to be moved, by name, with its columns. */
export async function listTables(source: Db, target: Db): Promise<readonly Table[]> {
  const there = await loadColumnTypes(target);
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT tables.name AS "table", columns.name AS "column"
    FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
    WHERE tables.type = 'table' ORDER BY tables.name, columns.cid
  `.execute(source);
  const tables = new Map<string, { name: string; type: string }[]>();
  for (const { table, column } of rows) {
    if (NOT_MOVED.test(table)) continue;
    const type = there.get(`${table}.${column}`);
    if (type === undefined) throw new MoveRefused(`PostgreSQL has no place for ${table}.${column}`);
    tables.set(table, [...(tables.get(table) ?? []), { name: column, type }]);
  }
  return [...tables].map(([name, columns]) => ({ name, columns }));
}

async function loadColumnTypes(target: Db): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ place: string; type: string }>`
    SELECT table_name || '.' || column_name AS place, data_type AS type
    FROM information_schema.columns WHERE table_schema = ${schemaOf(target)}
  `.execute(target);
  return new Map(rows.map(({ place, type }) => [place, type]));
}

/** All tables in PostgreSQL that belong to a store's contents; some it has alone. */
export async function listTargetTables(target: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT tablename::text AS name FROM pg_tables WHERE schemaname = ${schemaOf(target)}
  `.execute(target);
  return rows.map(({ name }) => name).filter((name) => !NOT_MOVED.test(name));
}
