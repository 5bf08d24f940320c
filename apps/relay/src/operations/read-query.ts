import { BadRequestException } from '@nestjs/common';
import { parseTimestamp } from '@segment-userleap/segment-events';
import { expectedFormText, expectedText, isRecord } from '@segment-userleap/validation';
import type { EventFilter, EventPlace } from '../outbox/port/event-record';

const STATES = ['pending', 'delivered', 'filtered', 'unsupported', 'rejected'] as const;
const MAX_LIMIT = 1_000;

/** Parameters of a query or fields of a body, as they came. */
export type Fields = Readonly<Record<string, unknown>>;

/** What narrows down both lists and replays. */
export const FILTER = ['id', 'destination', 'messageId', 'userId', 'reason', 'type'] as const;

/** Throws 400 on a field that there is not. */
export function expectFields(fields: Fields, known: readonly string[]): void {
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new BadRequestException(`${unknown.slice(0, 40)}: expected one of ${known.join(', ')}`);
}

/** Which events the fields ask for. Throws 400 on a wrong value. */
export function readFilter(fields: Fields): Pick<EventFilter, (typeof FILTER)[number]> {
  const { id, ...others } = fields;
  const texts = FILTER.filter((name) => name !== 'id').flatMap((name) => {
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
  const state = STATES.find((one) => one === value);
  if (value !== undefined && !state) throw new BadRequestException(`state: expected one of ${STATES.join(', ')}`);
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
  return readNumber('limit', value ?? 100, MAX_LIMIT);
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
export function readPlace(value: unknown): EventPlace | undefined {
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
