import { parseTimestamp } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';

/**
 * The event as Segment would hand it on: with the time of its arrival, and its own time freed from what the sender's clock
 * is wrong by: `timestamp = receivedAt − (sentAt − originalTimestamp)` (Segment's documentation of common fields). Without
 * a `sentAt`, of its own or its batch, its time stands as it is.
 */
export function stampEvent(event: unknown, receivedAt: number, batchSentAt?: unknown): unknown {
  if (!isRecord(event)) return event;
  const { writeKey: _, ...rest } = event;
  const sentAt = rest.sentAt ?? batchSentAt;
  return {
    ...rest,
    ...(sentAt === undefined ? {} : { sentAt }),
    ...correctTime(rest, sentAt, receivedAt),
    receivedAt: new Date(receivedAt).toISOString(),
  };
}

function correctTime(
  { timestamp, originalTimestamp }: Readonly<Record<string, unknown>>,
  sentAt: unknown,
  receivedAt: number,
): Readonly<Record<string, unknown>> {
  // What a client calls `timestamp` is its own clock's.
  const original = parseTimestamp(timestamp) === undefined ? originalTimestamp : timestamp;
  const [originalTime, sentTime] = [parseTimestamp(original), parseTimestamp(sentAt)];
  if (originalTime === undefined || sentTime === undefined) return {};
  const time = parseTimestamp(receivedAt - (sentTime - originalTime));
  return time === undefined ? {} : { timestamp: new Date(time).toISOString(), originalTimestamp: original };
}
