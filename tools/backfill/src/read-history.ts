import type { EventType } from '@segment-userleap/segment-events';
import type { ColumnMapping } from './column-mapping';
import type { HistoryFile } from './history-file';
import type { Position } from './position';
import { isDone } from './position';
import { EventReader } from './read-event';
import { readRecords } from './read-records';

/** What of the history is meant. */
export interface Choice {
  readonly mapping: ColumnMapping;
  /** Epoch milliseconds: events of this time and later. */
  readonly since: number | undefined;
  /** Events before this time. */
  readonly until: number | undefined;
  /** Undefined: all. */
  readonly types: ReadonlySet<EventType> | undefined;
}

/** A record of the history, as far as it is meant. */
export type HistoryItem = Position &
  (
    | {
        readonly kind: 'event';
        readonly text: string;
        readonly event: Readonly<Record<string, unknown>>;
        readonly at: number | undefined;
      }
    | { readonly kind: 'left out' }
    | { readonly kind: 'broken'; readonly why: string }
  );

/** The history behind a position, some records at a time. Throws with a sentence where a table's column cannot be used. */
export async function* readHistory(
  files: readonly HistoryFile[],
  choice: Choice,
  { after, onRead }: { readonly after: Position; readonly onRead?: (bytes: number) => void },
): AsyncIterable<readonly HistoryItem[]> {
  for (const [index, file] of files.entries()) {
    if (index < after.file) continue;
    const reader = new EventReader(file, choice.mapping);
    for await (const records of readRecords(file, onRead)) {
      const items: HistoryItem[] = [];
      for (const record of records) {
        const position = { file: index, place: record.place };
        const isBehind = !isDone(position, after);
        // The names of columns are needed in any case.
        if (!isBehind && !(record.kind === 'row' && reader.needsNames)) continue;
        const read = reader.read(record);
        if (read.kind === 'names' || !isBehind) continue;
        if (read.kind === 'broken') items.push({ ...position, kind: 'broken', why: read.why });
        else if (!isMeant(read.event, read.at, choice)) items.push({ ...position, kind: 'left out' });
        else items.push({ ...position, kind: 'event', text: read.text, event: read.event, at: read.at });
      }
      if (items.length > 0) yield items;
    }
  }
}

/** What has no time is meant, whatever the time: it is no event, but says something of a user. */
function isMeant(event: Readonly<Record<string, unknown>>, at: number | undefined, choice: Choice): boolean {
  const { since = -Infinity, until = Infinity, types } = choice;
  if (types && !types.has(event.type as EventType)) return false;
  return at === undefined || (at >= since && at < until);
}
