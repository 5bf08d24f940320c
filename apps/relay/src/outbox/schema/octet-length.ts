import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/** How many bytes a column's text has. Both databases know it without reading a long text. */
export function octetLength(column: string): RawBuilder<number> {
  return sql<number>`octet_length(${sql.ref(column)})`;
}
