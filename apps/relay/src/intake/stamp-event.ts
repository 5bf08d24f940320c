import { parseTimestamp } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';

const MAX_TIME = 8.64e15;

/**
 * The event as Segment would hand it on: with the time of its arrival, and its own time freed from what the sender's clock
 * is wrong by: `timestamp = receivedAt − (sentAt − originalTimestamp)` (Segment's documentation of common fields). Without
 * a `sentAt`, of its own or its batch, its time stands as it is.
 */
export function stampEvent(event: unknown, receivedAt: number, batchSentAt?: unknown): unknown {
  if (!isRecord(event)) return event;
  const { writeKey: _, ...rest } = event;
  const sentAt = rest.sentAt ?? batchSentAt;
  // What a client calls `timestamp` is its own clock's.
  const original = parseTimestamp(rest.timestamp) === undefined ? rest.originalTimestamp : rest.timestamp;
  return {
    ...rest,
    ...(sentAt === undefined ? {} : { sentAt }),
    ...correctTime(parseTimestamp(original), parseTimestamp(sentAt), receivedAt, original),
    receivedAt: new Date(receivedAt).toISOString(),
  };
}

function correctTime(
  originalTime: number | undefined,
  sentTime: number | undefined,
  receivedAt: number,
  originalTimestamp: unknown,
): Readonly<Record<string, unknown>> {
  if (originalTime === undefined || sentTime === undefined) return {};
  const time = receivedAt - (sentTime - originalTime);
  return Math.abs(time) > MAX_TIME ? {} : { timestamp: new Date(time).toISOString(), originalTimestamp };
}
