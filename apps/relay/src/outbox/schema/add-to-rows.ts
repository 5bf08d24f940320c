import type { RowStatement } from './execute-for-rows';

/** Adds numbers to rows of a table, each with a key, or makes them: in the order in which they are given. `types` are those of PostgreSQL. */
export function addToRows(table: string, key: readonly string[], sums: readonly string[], types: string): RowStatement {
  const columns = [...key, ...sums].join(', ');
  const insert = `INSERT INTO ${table} (${columns})`;
  const arrays = types.split(', ').map((type, index) => `$${index + 1}::${type}[]`);
  const conflict = `ON CONFLICT (${key.join(', ')}) DO UPDATE SET
    ${sums.map((sum) => `${sum} = ${table}.${sum} + excluded.${sum}`).join(', ')}`;
  return {
    one: `${insert} VALUES (${arrays.map(() => '?').join(', ')}) ${conflict}`,
    all: `${insert} SELECT ${columns} FROM unnest(${arrays.join(', ')}) WITH ORDINALITY AS new (${columns}, place)
      ORDER BY place ${conflict}`,
  };
}
