import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Settings } from '@segment-userleap/mapping';
import { checkTables } from './check-tables';
import { ColumnMapping, parseMapping } from './column-mapping';
import { findFiles } from './history-file';
import type { HistoryFile } from './history-file';
import { InputError } from './input-error';
import { expectWritable } from './own-files';
import type { OwnFiles } from './own-files';
import type { Options } from './parse-command-line';
import type { Choice } from './read-history';
import { readSettings } from './read-settings';
import { showCount, showMany } from './show-numbers';

/** What is to be read, and how. */
export interface History {
  readonly files: readonly HistoryFile[];
  readonly choice: Choice;
  /** The same for the same choice. */
  readonly choiceText: string;
  readonly settings: Settings;
}

/** Finds the files, and looks at everything that can be looked at before. `own`: what the command writes. Throws `InputError` where something cannot be used. */
export async function loadHistory(options: Options, own: OwnFiles, say: (text: string) => void): Promise<History> {
  expectWritable(own);
  const { since, until, types } = options;
  const settings = readSettings(options.settings);
  const mappingText = options.mapping === undefined ? undefined : readText('--mapping', options.mapping);
  const mapping = mappingText === undefined ? new ColumnMapping() : parseMapping(mappingText);
  const { files, others } = findFiles(options.from, own);
  if (files.length === 0)
    throw new InputError('--from: expected files that end in .gz, .jsonl, .json or .csv, found none');
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  say(
    `${showMany(files.length, 'file')}, ${bytes < 1e6 ? 'less than 1' : showCount(bytes / 1e6)} MB${others > 0 ? `; ${showCount(others)} with other endings are left alone` : ''}`,
  );
  await checkTables(files, mapping);
  const choice = [since ?? null, until ?? null, types ? [...types].sort() : null, mappingText ?? null];
  const choiceText = createHash('sha256').update(JSON.stringify(choice)).digest('hex').slice(0, 16);
  return { files, choice: { mapping, since, until, types }, choiceText, settings };
}

function readText(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`${option}: expected a file that can be read (${(error as { code?: string }).code ?? ''})`);
  }
}
