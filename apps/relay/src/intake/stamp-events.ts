import { parseTimestamp } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';
import { clockOffset } from './clock-offset';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Makes of the events of one call what Segment would hand on: with the time of their arrival (`receivedAt`, epoch milliseconds), and
 * their own times freed from what the sender's clock is wrong by.
 */
export function stampFor(
  events: readonly unknown[],
  receivedAt: number,
  batchSentAt?: unknown,
): (event: unknown) => unknown {
  const offset = clockOffset(events, receivedAt, batchSentAt);
  const arrival = new Date(receivedAt).toISOString();
  return (event) => {
    if (!isRecord(event)) return event;
    const { writeKey: _, ...stamped } = event;
    const sentAt = event.sentAt ?? batchSentAt;
    return Object.assign(stamped, sentAt === undefined ? {} : { sentAt }, correctTime(event, offset), {
      receivedAt: arrival,
    });
  };
}

/** What a client calls `timestamp` is its own clock's; that is kept as `originalTimestamp`. */
function correctTime({ timestamp, originalTimestamp }: Fields, offset: number): Fields {
  if (offset === 0) return {};
  const corrected = shift(timestamp, offset);
  if (corrected !== undefined) return { timestamp: corrected, originalTimestamp: timestamp };
  const original = shift(originalTimestamp, offset);
  if (original === undefined) return {};
  // A timestamp that cannot be read stays, for the mapping to say so.
  return (timestamp ?? '') === '' ? { timestamp: original } : { originalTimestamp: original };
}

function shift(value: unknown, offset: number): string | undefined {
  const time = parseTimestamp(value);
  const shifted = time === undefined ? undefined : parseTimestamp(new Date(time + offset));
  return shifted === undefined ? undefined : new Date(shifted).toISOString();
}
