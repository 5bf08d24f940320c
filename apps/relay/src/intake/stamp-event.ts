import { parseTimestamp } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';

/**
 * The event as Segment would hand it on: with the time of its arrival, and its own time freed from what the sender's clock
 * is wrong by: `timestamp = receivedAt − (sentAt − originalTimestamp)` (Segment's documentation of common fields). Without
 * a `sentAt`, of its own or its batch, its time stands as it is.
 */
export function stampEvent(event: unknown, receivedAt: number, batchSentAt?: unknown): unknown {
  if (!isRecord(event)) return event;
  const { writeKey: _, ...stamped } = event;
  const sentAt = event.sentAt ?? batchSentAt;
  if (sentAt !== undefined) Object.assign(stamped, { sentAt }, correctTime(event, sentAt, receivedAt));
  return Object.assign(stamped, { receivedAt: new Date(receivedAt).toISOString() });
}

function correctTime(
  { timestamp, originalTimestamp }: Readonly<Record<string, unknown>>,
  sentAt: unknown,
  receivedAt: number,
): Readonly<Record<string, unknown>> {
  const sentTime = parseTimestamp(sentAt);
  if (sentTime === undefined) return {};
  // What a client calls `timestamp` is its own clock's.
  const ownTime = parseTimestamp(timestamp);
  const original = ownTime === undefined ? originalTimestamp : timestamp;
  const originalTime = ownTime ?? parseTimestamp(originalTimestamp);
  if (originalTime === undefined) return {};
  const time = parseTimestamp(receivedAt - (sentTime - originalTime));
  return time === undefined ? {} : { timestamp: new Date(time).toISOString(), originalTimestamp: original };
}
