import { CompiledQuery } from 'kysely';
import { executeForRows } from './execute-for-rows';
import type { RowStatement } from './execute-for-rows';
import { isPostgres } from './is-postgres';
import type { Db } from './outbox-schema';

/** What adds numbers to rows of a table. */
export interface AddStatement extends RowStatement {
  /** `all`, once another query of the same statement has ended, which has this name. */
  allAfter(query: string): string;
}

/** Adds numbers to rows of a table, each with a key, or makes them: in the order in which they are given. `types` are those of PostgreSQL. */
export function addToRows(table: string, key: readonly string[], sums: readonly string[], types: string): AddStatement {
  const columns = [...key, ...sums].join(', ');
  const insert = `INSERT INTO ${table} (${columns})`;
  const arrays = types.split(', ').map((type, index) => `$${index + 1}::${type}[]`);
  const select = `SELECT ${columns} FROM unnest(${arrays.join(', ')}) WITH ORDINALITY AS new (${columns}, place)`;
  const conflict = `ON CONFLICT (${key.join(', ')}) DO UPDATE SET
    ${sums.map((sum) => `${sum} = ${table}.${sum} + excluded.${sum}`).join(', ')}`;
  return {
    one: `${insert} VALUES (${arrays.map(() => '?').join(', ')}) ${conflict}`,
    all: `${insert} ${select} ORDER BY place ${conflict}`,
    allAfter: (query) => `${insert} ${select} WHERE (SELECT COUNT(*) FROM ${query}) >= 0 ORDER BY place ${conflict}`,
  };
}

/** Rows that a statement is to add to. */
export type Additions = readonly [statement: AddStatement, rows: readonly (readonly unknown[])[]];

/**
 * Runs several of them, in this order. PostgreSQL gets one statement, as each costs a way there and back while others wait for the
 * rows: its parts lock theirs in the same order, as each reads what the one before it returns.
 */
export async function addInOrder(db: Db, all: readonly Additions[]): Promise<void> {
  const some = all.filter(([, rows]) => rows.length > 0);
  if (!isPostgres(db) || some.length < 2) {
    for (const [statement, rows] of some) await executeForRows(db, statement, rows);
    return;
  }
  const parameters: unknown[] = [];
  const queries = some.map(([statement, rows], at) => {
    const text = at === 0 ? statement.all : statement.allAfter(`part_${at - 1}`);
    const before = parameters.length;
    rows[0]?.forEach((_, column) => parameters.push(rows.map((row) => row[column])));
    return text.replace(/\$(\d+)/g, (_, place: string) => `$${Number(place) + before}`);
  });
  const parts = queries.slice(0, -1).map((query, at) => `part_${at} AS (${query} RETURNING 1)`);
  await db.executeQuery(CompiledQuery.raw(`WITH ${parts.join(', ')} ${queries.at(-1)}`, parameters));
}
