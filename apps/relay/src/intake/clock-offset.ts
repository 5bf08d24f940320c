import { parseTimestamp } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';

// What a clock that is kept by NTP is wrong by, and what a network takes, is less.
const LEAST_MS = 60_000;
// Beyond it the clock is dead, or an offline phone closed its file long ago.
const MOST_MS = 24 * 60 * 60_000;

/**
 * How many milliseconds a sender's clock is behind ours: `receivedAt − sentAt`, where `sentAt` is what the batch says, else the last
 * event that can be read. One for all events of a call, so that it never changes their order. 0 where it is not to be corrected.
 */
export function clockOffset(events: readonly unknown[], receivedAt: number, batchSentAt?: unknown): number {
  const sentAt = parseTimestamp(batchSentAt) ?? lastSentAt(events);
  const offset = sentAt === undefined ? 0 : receivedAt - sentAt;
  return Math.abs(offset) >= LEAST_MS && Math.abs(offset) <= MOST_MS ? offset : 0;
}

function lastSentAt(events: readonly unknown[]): number | undefined {
  for (const event of [...events].reverse()) {
    const sentAt = isRecord(event) ? parseTimestamp(event.sentAt) : undefined;
    if (sentAt !== undefined) return sentAt;
  }
  return undefined;
}
