import { BadRequestException } from '@nestjs/common';
import type { EventFilter } from '../outbox/event-record';

const STATES = ['pending', 'delivered', 'filtered', 'unsupported', 'rejected'] as const;
const TEXTS = ['destination', 'messageId', 'userId', 'reason', 'type'] as const;

/** The filter that query parameters or a body ask for. Throws 400 on a field that there is not, and on a wrong value. */
export function readFilter(
  fields: Readonly<Record<string, unknown>>,
  others: readonly string[],
): Omit<EventFilter, 'limit'> {
  const filter: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (others.includes(name)) continue;
    filter[name] = readField(name, value, [...TEXTS, 'id', ...others]);
  }
  return filter;
}

function readField(name: string, value: unknown, known: readonly string[]): string | number {
  if (!known.includes(name)) throw new BadRequestException(`${name.slice(0, 40)}: expected one of ${known.join(', ')}`);
  if (name === 'id') return readNumber(name, value, Number.MAX_SAFE_INTEGER);
  // A repeated parameter is an array, and not what was meant.
  if (typeof value !== 'string') throw new BadRequestException(`${name}: expected one text`);
  return value;
}

export function readState(value: unknown): EventFilter['state'] {
  const state = STATES.find((one) => one === value);
  if (value !== undefined && !state) throw new BadRequestException(`state: expected one of ${STATES.join(', ')}`);
  return state;
}

/** A whole number from 1 on. */
export function readNumber(name: string, value: unknown, most: number): number {
  const text = String(value);
  if (!/^[1-9]\d{0,15}$/.test(text) || Number(text) > most) {
    throw new BadRequestException(`${name}: expected a number from 1 to ${most}`);
  }
  return Number(text);
}
