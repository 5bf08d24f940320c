import { MOST_CHARACTERS, TOO_LONG } from './history-record';
import type { HistoryRecord } from './history-record';

const BEYOND_LIST = 'expected nothing behind the list';

/** The items of a JSON list whose text comes in chunks, each as its text: neither the list nor its value is ever there as a whole. */
export async function* splitList(chunks: AsyncIterable<string>): AsyncIterable<readonly HistoryRecord[]> {
  const list = new ListReader();
  for await (const chunk of chunks) {
    const records = list.read(chunk);
    if (records.length > 0) yield records;
  }
  const records = list.end();
  if (records.length > 0) yield records;
}

class ListReader {
  #place = 0;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isTooLong = false;
  #item = '';
  #hasEnded = false;
  #hasMore = false;

  read(chunk: string): readonly HistoryRecord[] {
    const records: HistoryRecord[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const letter = chunk.charAt(at);
      if (this.#hasEnded) {
        if (letter.trim() !== '') this.#hasMore = true;
      } else if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (letter === '\\') this.#isEscaped = true;
        else if (letter === '"') this.#isInString = false;
      } else if (letter === '"') this.#isInString = true;
      else if (letter === '[' || letter === '{') {
        if (this.#depth === 0) from = at + 1;
        this.#depth += 1;
      } else if (letter === ']' || letter === '}') {
        this.#depth -= 1;
        if (this.#depth > 0) continue;
        this.#hasEnded = true;
        this.#keep(chunk.slice(from, at));
        records.push(...this.#close());
        from = chunk.length;
      } else if (letter === ',' && this.#depth === 1) {
        this.#keep(chunk.slice(from, at));
        records.push(...this.#close());
        from = at + 1;
      }
    }
    if (this.#depth > 0) this.#keep(chunk.slice(from));
    return records;
  }

  end(): readonly HistoryRecord[] {
    const place = this.#place + 1;
    if (!this.#hasEnded)
      return [{ kind: 'broken', place, why: 'expected the end of the list, found that of the file' }];
    return this.#hasMore ? [{ kind: 'broken', place, why: BEYOND_LIST }] : [];
  }

  #keep(text: string): void {
    if (this.#item.length + text.length > MOST_CHARACTERS) this.#isTooLong = true;
    this.#item = this.#isTooLong ? '' : this.#item + text;
  }

  #close(): readonly HistoryRecord[] {
    const text = this.#item.trim();
    const isTooLong = this.#isTooLong;
    [this.#item, this.#isTooLong] = ['', false];
    // An empty list has no item.
    if (text === '' && !isTooLong && this.#place === 0 && this.#hasEnded) return [];
    const place = (this.#place += 1);
    return isTooLong ? [{ kind: 'broken', place, why: TOO_LONG }] : [{ kind: 'json', place, text }];
  }
}
