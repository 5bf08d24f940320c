import Database from 'better-sqlite3';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MOVED } from '../schema/store-moves';

/** Says in a sentence how a store's file is; throws where it could not be used. Makes nothing, and waits for nobody. */
export function checkSqlite(path: string): string {
  if (!existsSync(path)) {
    const folder = nearestFolder(path);
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`);
    expectWritable(folder);
    return `the file will be made in ${dirname(resolve(path))}`;
  }
  for (const needed of [path, dirname(path)]) expectWritable(needed);
  if (wasMoved(path)) throw new Error(MOVED);
  return 'the file can be read and written';
}

function wasMoved(path: string): boolean {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { readonly: true });
    // A file that no relay has worked on yet, or an old version only, has no such table.
    const table = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'store_moves'").get();
    if (table === undefined) return false;
    return database.prepare("SELECT 1 FROM store_moves WHERE state = 'complete'").get() !== undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new Error(`${path} cannot be read as a store (${code})`, { cause: error });
  } finally {
    database?.close();
  }
}

function nearestFolder(path: string): string {
  const folder = dirname(resolve(path));
  return existsSync(folder) ? folder : nearestFolder(folder);
}

function expectWritable(path: string): void {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    const { uid, gid } = { uid: process.getuid?.() ?? '?', gid: process.getgid?.() ?? '?' };
    throw new Error(`${path} cannot be written by this user (${uid}:${gid})`, { cause: error });
  }
}
