import { InputError } from './input-error';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A file of events, or of rows that become some. */
export interface HistoryFile {
  /** As a person finds it. */
  readonly path: string;
  /** Without the folder that it was looked for in: another folder with the same files is the same history. */
  readonly name: string;
  readonly bytes: number;
  /** When its content was last changed, epoch milliseconds. */
  readonly writtenAt: number;
  readonly isCsv: boolean;
}

/** What was found, in the order in which it is read. */
export interface FoundFiles {
  readonly files: readonly HistoryFile[];
  /** How many files of folders have another ending. */
  readonly others: number;
}

const ENDINGS = /\.(gz|jsonl|json|csv)$/i;
const CSV = /\.csv(\.gz)?$/i;

/**
 * The files that are meant, in the order given; those of a folder and the folders in it in order of their names, so that archives that are
 * named by time are read in order of time. Throws with a sentence where one cannot be read.
 */
export function findFiles(paths: readonly string[]): FoundFiles {
  const files = new Map<string, HistoryFile>();
  let others = 0;
  const add = (path: string, name: string): void => {
    const { size, mtimeMs, ino, dev } = statSync(path);
    const isCsv = CSV.test(path);
    // One that is named twice is read once.
    const id = `${dev}:${ino}`;
    if (!files.has(id)) files.set(id, { path, name, bytes: size, writtenAt: Math.floor(mtimeMs), isCsv });
  };
  for (const path of paths) {
    if (!stat(path).isDirectory()) {
      if (!ENDINGS.test(path)) throw new InputError(`${path}: expected a file that ends in .gz, .jsonl, .json or .csv`);
      add(path, basename(path));
      continue;
    }
    for (const name of namesIn(path, '')) {
      if (ENDINGS.test(name)) add(join(path, name), name);
      else others += 1;
    }
  }
  return { files: [...files.values()], others };
}

function stat(path: string) {
  try {
    return statSync(path);
  } catch {
    throw new InputError(`${path}: expected a file or a folder, found none that can be read`);
  }
}

function namesIn(root: string, folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith('.')) return [];
    return stat(join(root, name)).isDirectory() ? namesIn(root, name) : [name];
  });
}
