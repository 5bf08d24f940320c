import type { HistoryFile } from './history-file';
import type { HistoryRecord } from './history-record';
import { openFile, readText } from './file-text';
import { markBytes, NO_TEXT } from './mark-bytes';
import { readCsv } from './read-csv';
import { splitLines } from './split-lines';
import { splitList } from './split-list';

/**
 * The records of a file, some at a time. A file that ends too early, or cannot be unpacked, ends with a broken record. `onRead` is told
 * of the bytes as they are read from disk.
 */
export async function* readRecords(
  file: HistoryFile,
  onRead?: (bytes: number) => void,
): AsyncIterable<readonly HistoryRecord[]> {
  const bytes = await openFile(file, onRead);
  let last = 0;
  try {
    const marked = markBytes(bytes);
    for await (const records of file.isCsv ? readCsv(marked) : readJson(readText(marked))) {
      last = records.at(-1)?.place ?? last;
      yield records.map(breakUnreadable);
    }
  } catch (error) {
    const why = DAMAGES[(error as { code?: string }).code ?? ''];
    if (why === undefined) throw error;
    yield [{ kind: 'broken', place: last + 1, why }];
  } finally {
    bytes.destroy();
  }
}

/** What is no text has letters that nobody knows: it would be another user, or another value. */
function breakUnreadable(record: HistoryRecord): HistoryRecord {
  if (record.kind === 'broken') return record;
  const isText = record.kind === 'json' ? !record.text.includes(NO_TEXT) : !record.cells.some(hasNoText);
  return isText ? record : { kind: 'broken', place: record.place, why: 'expected UTF-8' };
}

function hasNoText(cell: string): boolean {
  return cell.includes(NO_TEXT);
}

const TORN = 'the file ends in the middle of its gzip data; what is missing cannot be told';
const DAMAGED = 'the gzip data of the file is damaged; nothing behind it can be read';
const DAMAGES: Readonly<Record<string, string>> = { Z_BUF_ERROR: TORN, Z_DATA_ERROR: DAMAGED };

/** One list, or one record a line. */
async function* readJson(text: AsyncIterable<string>): AsyncIterable<readonly HistoryRecord[]> {
  const chunks = text[Symbol.asyncIterator]();
  let start = '';
  let next = await chunks.next();
  while (next.done !== true) {
    start += next.value;
    if (start.trim() !== '') break;
    next = await chunks.next();
  }
  const all = (async function* () {
    yield start;
    for (;;) {
      const { done, value } = await chunks.next();
      if (done === true) return;
      yield value;
    }
  })();
  yield* start.trimStart().startsWith('[') ? splitList(all) : splitLines(all);
}
