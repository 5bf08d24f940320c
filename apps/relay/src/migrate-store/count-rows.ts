import { sql } from 'kysely';
import type { Db } from '../outbox/schema/outbox-schema';
import type { Table } from './tables';

/** How much a store holds, by what is counted: rows of each table, and events of each destination and state. */
export async function countRows(db: Db, tables: readonly Table[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await sql<{ count: number }>`SELECT COUNT(*) AS count FROM ${sql.table(name)}`.execute(db);
    counts.set(name, rows[0]?.count ?? 0);
  }
  const events = await db
    .selectFrom('events')
    .select((row) => ['destination', 'state', row.fn.countAll<number>().as('count')])
    .groupBy(['destination', 'state'])
    .orderBy('destination')
    .orderBy('state')
    .execute();
  for (const { destination, state, count } of events) counts.set(`events, ${destination}, ${state}`, count);
  return counts;
}

/** A line for each count in which two stores differ. */
export function describeDifferences(
  here: ReadonlyMap<string, number>,
  there: ReadonlyMap<string, number>,
): readonly string[] {
  const names = [...new Set([...here.keys(), ...there.keys()])];
  return names
    .filter((name) => here.get(name) !== there.get(name))
    .map((name) => `${name}: ${here.get(name) ?? 0} in SQLite, ${there.get(name) ?? 0} in PostgreSQL`);
}

/** How many rows of a table come up to a row, it included. */
export async function countRowsUpTo(source: Db, table: string, row: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT COUNT(*) AS count FROM ${sql.table(table)} WHERE rowid <= ${row}
  `.execute(source);
  return rows[0]?.count ?? 0;
}
