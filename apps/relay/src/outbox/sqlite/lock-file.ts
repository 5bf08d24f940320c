import Database from 'better-sqlite3';

/**
 * Takes a lock that ends with this process, however it ends: SQLite's own, on a file beside the store, so that the store
 * itself stays readable for backups. Returns what gives it free; throws where another process has it.
 */
export function lockFile(path: string): () => void {
  const lock = new Database(path, { timeout: 0 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) {
      throw new Error('another relay uses this store; one SQLite file is for one process', { cause: error });
    }
    throw error;
  }
  return () => lock.close();
}
