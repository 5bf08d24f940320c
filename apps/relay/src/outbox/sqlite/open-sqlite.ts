import Database from 'better-sqlite3';
import { Kysely, Migrator } from 'kysely';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { KeptStatements } from './kept-statements';
import { lockFile } from './lock-file';
import { MIGRATIONS } from '../migrations/migrations';
import type { OutboxSchema } from '../schema/outbox-schema';
import { OneWriterDialect } from './sqlite-dialect';
import { stayInSqlite } from '../schema/store-moves';

// A backup tool may hold the file for a moment.
const LOCK_PATIENCE_MS = 1_000;
const LARGEST_LOG_BYTES = 64 * 1024 * 1024;
const CACHE_KIBIBYTES = 32 * 1024;
// Of the log, before it is brought into the store: pages that change often are written there once.
const CHECKPOINT_PAGES = 4_000;

/**
 * Opens the store's file, made if need be, and brings it to its present form. What it commits survives a crash. Rejects
 * where another process has it open, or the store was moved to another database.
 */
export async function openSqlite(path: string): Promise<Kysely<OutboxSchema>> {
  const db = await openSqliteToMove(path);
  try {
    await stayInSqlite(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** The same, also of a store that was moved or is about to be. */
export async function openSqliteToMove(path: string): Promise<Kysely<OutboxSchema>> {
  mkdirSync(dirname(path), { recursive: true });
  const unlock = lockFile(`${path}.lock`);
  try {
    return await openLocked(new Database(path, { timeout: LOCK_PATIENCE_MS }), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function openLocked(database: Database.Database, unlock: () => void): Promise<Kysely<OutboxSchema>> {
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('secure_delete = ON'); // what was erased must not be left in free pages
    database.pragma(`journal_size_limit = ${LARGEST_LOG_BYTES}`);
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.pragma(`cache_size = -${CACHE_KIBIBYTES}`);
    const dialect = new OneWriterDialect({ database: withKeptStatements(database, unlock) });
    const db = new Kysely<OutboxSchema>({ dialect });
    const { error } = await new Migrator({ db, provider: MIGRATIONS }).migrateToLatest();
    if (error === undefined) return db;
    throw error instanceof Error ? error : new Error('the store cannot be brought to its present form');
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The file as Kysely uses it. Closing gives it free, too. */
function withKeptStatements(database: Database.Database, unlock: () => void): SqliteDatabase {
  const statements = new KeptStatements(database);
  return {
    close() {
      // Leaves no log behind in which erased data could be read.
      if (database.open) database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
      unlock();
    },
    prepare(text) {
      // SQLite itself rolls back where the disk is full; a second time would hide that error behind another.
      if (text === 'rollback' && !database.inTransaction) return NOTHING;
      // Taking the write lock at once: a lock that is asked for in the middle cannot be waited for.
      return statements.prepare(text === 'begin' ? 'begin immediate' : text);
    },
  };
}

const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};
