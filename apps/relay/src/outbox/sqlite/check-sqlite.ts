import Database from 'better-sqlite3';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Says in a sentence how a store's file is; throws where it could not be used. Makes nothing, and waits for nobody. */
export function checkSqlite(path: string): string {
  if (!existsSync(path)) {
    const folder = nearestFolder(path);
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`);
    expectWritable(folder);
    return `the file will be made in ${folder}`;
  }
  for (const needed of [path, dirname(path)]) expectWritable(needed);
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { readonly: true });
    database.prepare('SELECT count(*) FROM sqlite_master').get();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new Error(`${path} cannot be read as a store (${code})`, { cause: error });
  } finally {
    database?.close();
  }
  return 'the file can be read and written';
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
