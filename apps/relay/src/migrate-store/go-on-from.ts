import { sql } from 'kysely';
import { schemaOf } from '../outbox/postgres/one-schema-dialect';
import { freeLanesInFlight } from '../outbox/turns/doubts';
import type { Db } from '../outbox/schema/outbox-schema';
import type { Table } from './tables';

/** Makes what was copied a store to go on from, as a restart on the old one would. */
export async function goOnFrom(source: Db, target: Db, tables: readonly Table[]): Promise<void> {
  await freeLanesInFlight(target, Date.now());
  await goOnNumbering(source, target);
  // Until the database has looked at what the tables hold, it finds slow ways through them.
  for (const { name } of tables) await sql`ANALYZE ${sql.table(name)}`.execute(target);
}

/** After the highest id that there ever was, though its row may be gone: events name requests, and places in a budget turns. */
async function goOnNumbering(source: Db, target: Db): Promise<void> {
  const { rows } = await sql<{ name: string; seq: number }>`SELECT name, seq FROM sqlite_sequence`.execute(source);
  for (const { name, seq } of rows.filter((row) => row.seq > 0)) {
    await sql`SELECT setval(pg_get_serial_sequence(${`${schemaOf(target)}.${name}`}, 'id'), ${seq}::bigint)`.execute(
      target,
    );
  }
}
