import { PostgresAdapter } from 'kysely';
import type { Db } from './outbox-schema';

/** Whether the database is PostgreSQL: where one way of writing would not do for both. */
export function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
