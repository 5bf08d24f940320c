import { InputError } from './input-error';
import { isEventType, parseTimestamp } from '@segment-userleap/segment-events';
import { expectedText, isRecord } from '@segment-userleap/validation';
import type { ColumnMapping } from './column-mapping';
import type { HistoryFile } from './history-file';
import type { HistoryRecord } from './history-record';
import { quoteLongIntegers, writeJson } from './json-tokens';
import { messageIdOf } from './message-id';
import { eventOfCells, eventOfFields, readColumns } from './row-reader';
import type { Column } from './row-reader';

type Fields = Readonly<Record<string, unknown>>;

/** What a record is. */
export type ReadEvent =
  | {
      readonly kind: 'event';
      /** As JSON, as it is handed over: with a message id, and with its time where the relay reads it. */
      readonly text: string;
      readonly event: Fields;
      /** Epoch milliseconds; undefined where it has no time, and none is missed. */
      readonly at: number | undefined;
    }
  | { readonly kind: 'broken'; readonly why: string }
  /** The names of columns. */
  | { readonly kind: 'names' };

/** Makes events of the records of one file. */
export class EventReader {
  #columns: readonly Column[] | undefined;

  constructor(
    private readonly file: Pick<HistoryFile, 'name' | 'writtenAt' | 'path'>,
    private readonly mapping: ColumnMapping,
  ) {}

  /** The first row of a table has the names of its columns. */
  get needsNames(): boolean {
    return this.#columns === undefined;
  }

  /** Throws with a sentence where a column cannot be used. */
  read(record: HistoryRecord): ReadEvent {
    switch (record.kind) {
      case 'broken':
        return record;
      case 'json':
        return this.#readJson(record.text, record.place);
      case 'row': {
        if (!this.#columns) {
          this.#columns = this.#readNames(record.cells);
          return { kind: 'names' };
        }
        const built = eventOfCells(this.#columns, record.cells);
        if ('why' in built) return { kind: 'broken', why: built.why };
        return this.#complete(built.event, JSON.stringify(record.cells), record.place, undefined);
      }
    }
  }

  #readNames(names: readonly string[]): readonly Column[] {
    try {
      return readColumns(names, this.mapping);
    } catch (error) {
      throw new InputError(`${this.file.path}: ${(error as Error).message}`);
    }
  }

  #readJson(text: string, place: number): ReadEvent {
    let value: unknown;
    try {
      value = JSON.parse(quoteLongIntegers(text));
    } catch {
      return { kind: 'broken', why: 'expected JSON' };
    }
    if (!isRecord(value)) return { kind: 'broken', why: expectedText('an object', value) };
    // One that has a type, and a wrong one, is told so by whoever reads events.
    if (isEventType(value.type) || isOther(value.type)) return this.#complete(value, text, place, text);
    const built = eventOfFields(value, this.mapping);
    if ('why' in built) return { kind: 'broken', why: built.why };
    return this.#complete(built.event, text, place, undefined);
  }

  /** `asItCame`: the text of an event that is one already; it may hold numbers that have more digits than `event` can. */
  #complete(event: Fields, text: string, place: number, asItCame: string | undefined): ReadEvent {
    const time = this.#timeOf(event);
    if (typeof time === 'string') return { kind: 'broken', why: time };
    const added: Record<string, unknown> = { ...time.added };
    if (!isMessageId(event.messageId)) added.messageId = messageIdOf(this.file.name, place, text);
    const complete = Object.keys(added).length === 0 ? event : { ...event, ...added };
    const handedOver = asItCame === undefined ? writeJson(complete) : addFields(asItCame, added);
    return { kind: 'event', text: handedOver, event: complete, at: time.at };
  }

  /**
   * The relay takes its own clock for the time of arrival, and for the time of an event that has none: what happened years ago would
   * count as of today. So a time that stands in `receivedAt` alone is said again, what a table says of a user is as old as its
   * file, and an event without a time is none.
   */
  #timeOf(event: Fields): string | { readonly at: number | undefined; readonly added?: Fields } {
    const own = parseTimestamp(event.timestamp) ?? parseTimestamp(event.originalTimestamp);
    if (own !== undefined) return { at: own };
    const field = isEmpty(event.timestamp) ? 'timestamp' : 'originalTimestamp';
    const received = parseTimestamp(event.receivedAt);
    if (received !== undefined) return { at: received, added: { [field]: event.receivedAt } };
    const isUnreadable = ['timestamp', 'originalTimestamp', 'receivedAt'].some((name) => !isEmpty(event[name]));
    switch (event.type) {
      case 'identify':
      case 'group': {
        const { writtenAt } = this.file;
        if (isUnreadable) return 'timestamp: expected a time from 1970 to 2100 in a form that is read';
        return { at: writtenAt, added: { timestamp: new Date(writtenAt).toISOString() } };
      }
      case 'track':
      case 'page':
      case 'screen':
        return isUnreadable
          ? 'timestamp: expected a time from 1970 to 2100 in a form that is read'
          : 'timestamp: expected the time of the event, found none; it would count as of today';
      default:
        return { at: undefined };
    }
  }
}

/** Behind what stands there: of two fields with one name the last counts. */
function addFields(json: string, added: Fields): string {
  if (Object.keys(added).length === 0) return json;
  return `${json.trimEnd().slice(0, -1)},${JSON.stringify(added).slice(1)}`;
}

function isOther(type: unknown): boolean {
  return typeof type === 'string' && type !== '';
}

function isMessageId(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || Number.isSafeInteger(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
