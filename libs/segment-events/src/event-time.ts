import type { CommonFields } from './common-fields';
import { parseTimestamp } from './parse-timestamp';

/** Where the time of an event can stand, in the order in which it is looked for. */
export type TimeField = (typeof TIME_FIELDS)[number];

const TIME_FIELDS = ['timestamp', 'originalTimestamp', 'receivedAt'] as const;

/** `at`: epoch milliseconds. `unreadable`: fields that were passed over, although there is something in them. */
export interface EventTime {
  readonly at: number;
  readonly unreadable: readonly TimeField[];
}

/** When the event happened: `timestamp`, else `originalTimestamp`, else `receivedAt`, else now. */
export function eventTime(event: CommonFields, now: number): EventTime {
  const unreadable: TimeField[] = [];
  for (const field of TIME_FIELDS) {
    const value = event[field];
    const at = parseTimestamp(value);
    if (at !== undefined) return { at, unreadable };
    if (!isEmpty(value)) unreadable.push(field);
  }
  return { at: now, unreadable };
}

/** When Segment or the relay took the event, epoch milliseconds; an event that does not say so came now. */
export function receivedTime(event: CommonFields, now: number): number {
  return parseTimestamp(event.receivedAt) ?? now;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
