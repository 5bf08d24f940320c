import { MOST_CHARACTERS, TOO_LONG } from './history-record';
import type { HistoryRecord } from './history-record';

/** The lines of a text that comes in chunks; blank ones are none. */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncIterable<readonly HistoryRecord[]> {
  let place = 0;
  let rest = '';
  let isTooLong = false;
  const recordOf = (line: string): HistoryRecord => {
    if (isTooLong) return { kind: 'broken', place, why: TOO_LONG };
    return { kind: 'json', place, text: line };
  };
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    const records: HistoryRecord[] = [];
    for (const line of lines) {
      place += 1;
      if (isTooLong || !isBlank(line)) records.push(recordOf(line));
      isTooLong = false;
    }
    if (rest.length > MOST_CHARACTERS) [rest, isTooLong] = ['', true];
    if (records.length > 0) yield records;
  }
  place += 1;
  if (isTooLong || !isBlank(rest)) yield [recordOf(rest)];
}

function isBlank(line: string): boolean {
  // Most lines begin with a brace.
  return line === '' || (line.charCodeAt(0) <= 0x20 && line.trim() === '');
}
