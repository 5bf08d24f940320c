import { sql } from 'kysely';
import { schemaOf } from '../../src/outbox/postgres/one-schema-dialect';
import { isPostgres } from '../../src/outbox/schema/is-postgres';
import type { Db, OutboxSchema } from '../../src/outbox/schema/outbox-schema';

/**
 * Copies every row of a table so many times. `columns` says what a copy has in the place of the original's value: SQL, in
 * which `n` is the copy's number, from 1 on.
 */
export async function multiply(
  db: Db,
  table: keyof OutboxSchema,
  count: number,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const names = await listColumns(db, table);
  const values = names.map((name) => columns[name] ?? name);
  await sql
    .raw(
      `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
       INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM numbers CROSS JOIN ${table}`,
    )
    .execute(db);
}

/** As the store has them: whatever later migrations add is copied, too. */
async function listColumns(db: Db, table: string): Promise<readonly string[]> {
  const query = isPostgres(db)
    ? sql<{ name: string }>`
        SELECT column_name AS name FROM information_schema.columns
        WHERE table_schema = ${schemaOf(db)} AND table_name = ${table}`
    : sql<{ name: string }>`SELECT name FROM pragma_table_info(${table})`;
  return (await query.execute(db)).rows.map(({ name }) => name);
}
