import Database from 'better-sqlite3';
import addon from 'better-sqlite3/build/Release/better_sqlite3.node';

/**
 * Makes SQLite's errors those of the file under test: Jest loads the JavaScript of a package anew for each file, but native
 * code once for all, and that goes on throwing errors of the first file's class.
 */
export function useOwnSqliteErrors(): void {
  addon.setErrorConstructor(Database.SqliteError);
}
