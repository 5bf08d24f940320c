import type { CommonFields } from './common-fields';
import { parseTimestamp } from './parse-timestamp';

/** When the event happened, epoch milliseconds: `timestamp`, else `originalTimestamp`, else `receivedAt`, else now. */
export function eventTime(event: CommonFields, now: number): number {
  return (
    parseTimestamp(event.timestamp) ??
    parseTimestamp(event.originalTimestamp) ??
    parseTimestamp(event.receivedAt) ??
    now
  );
}

/** When Segment or the relay took the event, epoch milliseconds; an event that does not say so came now. */
export function receivedTime(event: CommonFields, now: number): number {
  return parseTimestamp(event.receivedAt) ?? now;
}
