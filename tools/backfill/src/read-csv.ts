import { parse } from 'csv-parse';
import type { CsvError, Info } from 'csv-parse';
import { finished } from 'node:stream/promises';
import { MOST_CHARACTERS } from './history-record';
import type { HistoryRecord } from './history-record';

const DELIMITERS = [',', ';', '\t'] as const;

/** The rows of a CSV file, its first one among them: the names of its columns. */
export async function* readCsv(bytes: AsyncIterable<Buffer>): AsyncIterable<readonly HistoryRecord[]> {
  let reader: CsvReader | undefined;
  for await (const chunk of bytes) {
    reader ??= new CsvReader(findDelimiter(chunk.toString('utf8')));
    yield await reader.read(chunk);
  }
  if (reader) yield await reader.end();
}

class CsvReader {
  #records: HistoryRecord[] = [];
  #columns = 0;
  #last = 0;
  /** Line breaks inside of fields that the parser has counted twice: those of two letters. */
  #countedTwice = 0;
  #failure: Error | undefined;
  readonly #parser;

  constructor(delimiter: string) {
    this.#parser = parse({
      bom: true,
      delimiter,
      relax_column_count: true,
      // A quote in the middle of a field that has none around it is a letter like any other.
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: MOST_CHARACTERS,
      // Nothing comes out of the parser by itself: rows and broken ones stay in one order.
      on_record: (cells: string[], info: Info) => {
        this.#keep(cells, info.lines);
        return null;
      },
    });
    this.#parser.on('skip', (error: CsvError) => this.#keepBroken(error));
    this.#parser.on('error', (error) => (this.#failure ??= error));
    this.#parser.resume();
  }

  async read(chunk: Buffer): Promise<readonly HistoryRecord[]> {
    if (this.#failure) return [];
    await new Promise<void>((resolve) => this.#parser.write(chunk, () => resolve()));
    return this.#take();
  }

  async end(): Promise<readonly HistoryRecord[]> {
    if (!this.#failure) await finished(this.#parser.end()).catch(() => undefined);
    if (this.#failure) this.#keepBroken(this.#failure, '; nothing behind it was read');
    return this.#take();
  }

  #keep(cells: readonly string[], line: number): void {
    for (const cell of cells) if (cell.includes('\r\n')) this.#countedTwice += cell.split('\r\n').length - 1;
    const place = this.#placeOf(line);
    this.#columns ||= cells.length;
    if (cells.length === this.#columns) this.#records.push({ kind: 'row', place, cells });
    else {
      const why = `expected ${this.#columns} columns, found ${cells.length}`;
      this.#records.push({ kind: 'broken', place, why });
    }
  }

  #keepBroken(error: Error, consequence = ''): void {
    const { code = '', lines = 0 } = error as { code?: string; lines?: number };
    const why = `${ERRORS[code] ?? 'expected a row of CSV'}${consequence}`;
    this.#records.push({ kind: 'broken', place: this.#placeOf(lines), why });
  }

  /** Of two rows that end on one line none is passed over. */
  #placeOf(line: number): number {
    return (this.#last = Math.max(this.#last + 1, line - this.#countedTwice));
  }

  #take(): readonly HistoryRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }
}

// Without the parser's own sentences: they show what stands there.
const ERRORS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'expected the end of the field behind its closing quote; a quote inside is written as two',
  CSV_MAX_RECORD_SIZE: 'a row of more than 1 MB; perhaps a quote is opened and never closed',
};

/** Of those that are usual, the one that the names of the columns are parted by. */
function findDelimiter(text: string): string {
  const names = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  const counts = DELIMITERS.map((delimiter) => names.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
