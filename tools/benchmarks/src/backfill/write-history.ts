import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { HistoryEvent } from './made-history';

/** What stands in the files. */
export interface WrittenHistory {
  /** What a survey can filter by: Tracks and Pages. */
  readonly arriving: number;
  /** Lines that are no events. */
  readonly broken: number;
}

// Every tenth file has been cut.
const BROKEN_EVERY = 10;

/** Writes a history as Segment's archive has it: gzip, an event a line, files in order of time. */
export function writeHistory(
  folder: string,
  history: Iterable<HistoryEvent>,
  { files, events }: { readonly files: number; readonly events: number },
): WrittenHistory {
  mkdirSync(folder);
  let [arriving, broken, file] = [0, 0, 0];
  let lines: string[] = [];
  const write = (): void => {
    if (file % BROKEN_EVERY === 0) {
      lines.push('{"type":"track","userId":"user-1","eve');
      broken += 1;
    }
    writeFileSync(join(folder, `${String(file).padStart(4, '0')}.gz`), gzipSync(lines.join('\n'), { level: 4 }));
    file += 1;
    lines = [];
  };
  for (const event of history) {
    if (event.type === 'track' || event.type === 'page') arriving += 1;
    lines.push(JSON.stringify(event));
    if (lines.length >= events / files) write();
  }
  if (lines.length > 0) write();
  return { arriving, broken };
}
