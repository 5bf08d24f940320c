import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { isPostgres } from './is-postgres';
import { Place } from './kept-query';
import type { Db } from './outbox-schema';

/** Whether a column's value is one of these. One text for any number of values, so that it is prepared once. */
export function isOneOf(db: Db, column: string, values: readonly string[] | readonly number[]): RawBuilder<boolean> {
  if (isPostgres(db)) return sql<boolean>`${sql.ref(column)} = ANY (${values})`;
  const given: unknown = values;
  const json = given instanceof Place ? given.asJson() : JSON.stringify(values);
  return sql<boolean>`${sql.ref(column)} IN (SELECT value FROM json_each(${json}))`;
}
