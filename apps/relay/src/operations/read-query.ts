import { BadRequestException } from '@nestjs/common';
import { parseTimestamp } from '@segment-userleap/segment-events';
import { expectedFormText, expectedText, isRecord } from '@segment-userleap/validation';
import { EVENT_STATES, FILTER } from '../api-description/event-schemas';
import type { Ended } from '../outbox/schema/outbox-schema';
import type { EventFilter, ListCursor } from '../outbox/port/event-record';

const { id: _, ...TEXT_FILTER } = FILTER;
const FILTER_TEXTS = Object.keys(TEXT_FILTER) as readonly (keyof typeof TEXT_FILTER)[];

/** Parameters of a query or fields of a body, as they came. */
export type Fields = Readonly<Record<string, unknown>>;

/** Throws 400 on a field that is not described. */
export function expectFields(fields: Fields, described: Readonly<Record<string, unknown>> = {}): void {
  const known = Object.keys(described);
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new BadRequestException(`${unknown.slice(0, 40)}: expected one of ${known.join(', ')}`);
}

/** Which events the fields ask for. Throws 400 on a wrong value. */
export function readFilter(fields: Fields): Pick<EventFilter, keyof typeof FILTER> {
  return given({
    id: fields.id === undefined ? undefined : readNumber('id', fields.id, Number.MAX_SAFE_INTEGER),
    ...readTexts(fields, FILTER_TEXTS),
  });
}

/** Which events a list of these parameters shows. */
export function readEventFilter(query: Fields): Omit<EventFilter, 'limit' | 'before'> {
  const { search, state, from, to } = query;
  const rest = {
    search: readText('search', search)?.trim() || undefined,
    state: readState(state),
    from: readTime('from', from),
    to: readTime('to', to),
  };
  return { ...readFilter(query), ...given(rest) };
}

/** The fields of these names that are there, each a text. */
export function readTexts<N extends string>(fields: Fields, names: readonly N[]): Partial<Record<N, string>> {
  const texts = names.map((name) => [name, readText(name, fields[name])] as const);
  return given(Object.fromEntries(texts) as Record<N, string | undefined>);
}

/** The fields that have a value. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const values = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(values) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** A text; undefined where there is none. A repeated parameter is an array, and not what was meant. */
export function readText(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new BadRequestException(`${name}: expected one text`);
}

function readState(value: unknown): EventFilter['state'] {
  const state = EVENT_STATES.find((one) => one === value);
  if (value !== undefined && !state) throw new BadRequestException(`state: expected one of ${EVENT_STATES.join(', ')}`);
  return state;
}

/** What events have ended as; `any` of it. */
export function readEnded(value: unknown): Ended | 'any' {
  const ended = ENDED.find((one) => one === value);
  if (ended) return ended;
  throw new BadRequestException(`state: expected one of ${ENDED.join(', ')}`);
}

const ENDED = ['delivered', 'filtered', 'unsupported', 'rejected', 'dismissed', 'any'] as const;

/** Epoch milliseconds of an ISO-8601 time; undefined where there is none. */
export function readTime(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (time !== undefined) return time;
  throw new BadRequestException(`${name}: ${expectedFormText('an ISO-8601 time such as 2026-01-31T12:00:00Z', value)}`);
}

/** A whole number from 1 on. */
export function readNumber(name: string, value: unknown, most: number): number {
  const text = String(value);
  if (!/^[1-9]\d{0,15}$/.test(text) || Number(text) > most) {
    throw new BadRequestException(`${name}: expected a number from 1 to ${most}`);
  }
  return Number(text);
}

/** Where the page before ended, as its `next` says; undefined where there is none. */
export function readCursor(name: string, value: unknown): ListCursor | undefined {
  if (value === undefined) return undefined;
  const [, at, id] = /^(-?\d{1,16})\.(\d{1,16})$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (at !== undefined && id !== undefined) return { at: Number(at), id: Number(id) };
  throw new BadRequestException(`${name}: expected what \`next\` of the page before says`);
}

/** Numbers of events; undefined where there are none. */
export function readIds(value: unknown): readonly number[] | undefined {
  if (value === undefined) return undefined;
  const isList = Array.isArray(value) && value.length > 0 && value.length <= MOST_IDS;
  if (isList && value.every((id) => Number.isSafeInteger(id) && id > 0)) return value as readonly number[];
  throw new BadRequestException(`ids: expected a list of 1 to ${MOST_IDS} numbers of events`);
}

const MOST_IDS = 500;

/** A body that is an object. */
export function readObject(body: unknown): Fields {
  if (isRecord(body)) return body;
  throw new BadRequestException(`body: ${expectedText('an object', body)}`);
}
