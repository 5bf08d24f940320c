import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { MIGRATIONS } from './migrations';
import type { OutboxSchema } from './outbox-schema';

/** Opens the store's file, made if need be, and brings it to its present form. What it commits survives a crash. */
export async function openSqlite(path: string): Promise<Kysely<OutboxSchema>> {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  const db = new Kysely<OutboxSchema>({ dialect: new SqliteDialect({ database }) });
  const { error } = await new Migrator({ db, provider: MIGRATIONS }).migrateToLatest();
  if (error instanceof Error) throw error;
  if (error !== undefined) throw new Error('the store could not be brought to its present form');
  return db;
}
