import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Whether a text can be found in any file of a store, its log included, as whoever has the disk could find it. */
export function isInStore(path: string, text: string): boolean {
  const files = readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)));
  return files.some((name) => readFileSync(join(dirname(path), name)).includes(text));
}
