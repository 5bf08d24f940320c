import { BadRequestException } from '@nestjs/common';
import { parseTimestamp } from '@segment-userleap/segment-events';
import { expectedFormText, expectedText, isRecord } from '@segment-userleap/validation';
import { EVENT_STATES, FILTER } from '../api-description/event-schemas';
import { PAGE_LIMIT } from '../api-description/page-schemas';
import type { EventFilter, ListCursor } from '../outbox/port/event-record';

const { id: _, ...TEXT_FILTER } = FILTER;

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
  const { id, ...others } = fields;
  const texts = Object.keys(TEXT_FILTER).flatMap((name) => {
    const value = readText(name, others[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...(id === undefined ? {} : { id: readNumber('id', id, Number.MAX_SAFE_INTEGER) }),
    ...Object.fromEntries(texts),
  };
}

/** A text; undefined where there is none. A repeated parameter is an array, and not what was meant. */
export function readText(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new BadRequestException(`${name}: expected one text`);
}

export function readState(value: unknown): EventFilter['state'] {
  const state = EVENT_STATES.find((one) => one === value);
  if (value !== undefined && !state) throw new BadRequestException(`state: expected one of ${EVENT_STATES.join(', ')}`);
  return state;
}

/** Epoch milliseconds of an ISO-8601 time; undefined where there is none. */
export function readTime(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (time !== undefined) return time;
  throw new BadRequestException(`${name}: ${expectedFormText('an ISO-8601 time such as 2026-01-31T12:00:00Z', value)}`);
}

/** How long a page is to be. */
export function readLimit(value: unknown): number {
  return readNumber('limit', value ?? PAGE_LIMIT.default, PAGE_LIMIT.maximum);
}

/** A whole number from 1 on. */
export function readNumber(name: string, value: unknown, most: number): number {
  const text = String(value);
  if (!/^[1-9]\d{0,15}$/.test(text) || Number(text) > most) {
    throw new BadRequestException(`${name}: expected a number from 1 to ${most}`);
  }
  return Number(text);
}

/** Where the page before ended, as its `next` says. */
export function readCursor(value: unknown): ListCursor | undefined {
  if (value === undefined) return undefined;
  const [, at, id] = /^(-?\d{1,16})\.(\d{1,16})$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (at !== undefined && id !== undefined) return { at: Number(at), id: Number(id) };
  throw new BadRequestException('before: expected what `next` of the page before says');
}

/** A body that is an object. */
export function readObject(body: unknown): Fields {
  if (isRecord(body)) return body;
  throw new BadRequestException(`body: ${expectedText('an object', body)}`);
}
