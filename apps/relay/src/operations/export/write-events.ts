import type { EventFilter, EventRecord } from '../../outbox/port/event-record';
import { toCsvLine } from './to-csv';

/** A page at a time, so that nobody else waits for the store. */
const PAGE = 500;

const COLUMNS = [
  'id',
  'acceptedAt',
  'type',
  'event',
  'userId',
  'anonymousId',
  'messageId',
  'destination',
  'state',
  'reason',
  'message',
  'attempts',
  'settledAt',
] as const satisfies readonly (keyof EventRecord)[];

export type ExportFormat = 'csv' | 'jsonl';

type Load = (filter: EventFilter) => Promise<readonly EventRecord[]>;

/** Events as text, newest first, a part for each page: at most `most` of them. */
export async function* writeEvents(
  load: Load,
  filter: Omit<EventFilter, 'limit' | 'before'>,
  format: ExportFormat,
  most: number,
): AsyncGenerator<string> {
  const write = WRITERS[format];
  if (format === 'csv') yield toCsvLine(COLUMNS);
  let before: EventFilter['before'];
  for (let left = most; left > 0;) {
    const limit = Math.min(PAGE, left);
    const events = await load({ ...filter, limit, ...(before ? { before } : {}) });
    if (events.length > 0) yield events.map(write).join('');
    const last = events.at(-1);
    if (!last || events.length < limit) return;
    before = { at: Date.parse(last.acceptedAt), id: last.id };
    left -= events.length;
  }
}

const WRITERS: Readonly<Record<ExportFormat, (event: EventRecord) => string>> = {
  csv: (event) => toCsvLine(COLUMNS.map((name) => event[name])),
  jsonl: (event) => `${JSON.stringify(event)}\n`,
};
