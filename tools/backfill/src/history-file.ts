import { InputError } from './input-error';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, join } from 'node:path';
import type { OwnFiles } from './own-files';

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
 * named by time are read in order of time; what the command itself writes is none. Throws with a sentence where one cannot be read.
 */
export function findFiles(paths: readonly string[], own: OwnFiles = {}): FoundFiles {
  const files = new Map<string, HistoryFile>();
  const written = new Map(
    Object.entries(own).flatMap(([option, path]) => {
      const there = statSync(path, { throwIfNoEntry: false });
      return there ? [[idOf(there), option] as const] : [];
    }),
  );
  let others = 0;
  const add = (path: string, name: string): void => {
    const stats = stat(path);
    // One that is named twice is read once.
    const id = idOf(stats);
    if (written.has(id) || files.has(id)) return;
    const { size, mtimeMs } = stats;
    files.set(id, { path, name, bytes: size, writtenAt: Math.floor(mtimeMs), isCsv: CSV.test(path) });
  };
  for (const path of paths) {
    if (!stat(path).isDirectory()) {
      if (!ENDINGS.test(path)) throw new InputError(`${path}: expected a file that ends in .gz, .jsonl, .json or .csv`);
      const option = written.get(idOf(stat(path)));
      if (option !== undefined)
        throw new InputError(`${option}: expected another file than ${path}, which is to be read`);
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

function idOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

function stat(path: string): Stats {
  try {
    accessSync(path, constants.R_OK);
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
