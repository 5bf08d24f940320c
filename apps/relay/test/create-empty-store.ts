import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../src/outbox/sqlite/open-sqlite';

let copied: Promise<Buffer> | undefined;

/** Path of a store with nothing in it, in the folder: a copy of one that is made once, as that takes longer than most tests do. */
export async function createEmptyStore(folder: string): Promise<string> {
  const path = join(folder, 'relay.db');
  writeFileSync(path, await (copied ??= makeOne()));
  return path;
}

async function makeOne(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'relay-empty-'));
  const path = join(folder, 'relay.db');
  await (await openSqlite(path)).destroy();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}
