import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { isPostgres } from './is-postgres';
import type { Db } from './outbox-schema';

/** Whether a column's value is one of these. One text for any number of values, so that it is prepared once. */
export function isOneOf(db: Db, column: string, values: readonly string[] | readonly number[]): RawBuilder<boolean> {
  return isPostgres(db)
    ? sql<boolean>`${sql.ref(column)} = ANY (${values})`
    : sql<boolean>`${sql.ref(column)} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
}
