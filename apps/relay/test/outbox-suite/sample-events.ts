import type { Outcome, ReasonCode } from '@segment-userleap/mapping';
import type { NewEvent, Settled } from '../../src/outbox/port/outbox.port';
import type { NextAttempt } from '../../src/outbox/port/turn';

/** A time for the suites to count from, epoch milliseconds. */
export const NOW = Date.UTC(2026, 0, 1);
export const SECOND = 1_000;
export const DAY = 86_400_000;
export const HERE = 'here';
export const THERE = 'there';

export const DELIVERED: Outcome = { outcome: 'delivered', warnings: [] };
export const AT_ONCE: NextAttempt = { dueAt: undefined, attempts: 0, parked: false };
export const LATER: NextAttempt = { dueAt: NOW + 5 * SECOND, attempts: 1, parked: false };
export const PARKED: NextAttempt = { dueAt: NOW + 60 * SECOND, attempts: 1, parked: true };

/** A Track that waits in Anna's lane, but for what `fields` says. */
export function track(messageId: string, fields: Partial<NewEvent> = {}): NewEvent {
  return trackOf('anna', messageId, fields);
}

/** A Track that waits in the lane of a user. */
export function trackOf(lane: string, messageId: string, fields: Partial<NewEvent> = {}): NewEvent {
  return {
    destination: HERE,
    messageId,
    type: 'track',
    eventName: null,
    body: JSON.stringify({ messageId }),
    acceptedAt: NOW,
    fate: { lane, createsUser: false, deletesUser: false, otherUser: null },
    ...fields,
  };
}

/** An Identify that waits in Anna's lane. */
export function identify(messageId: string, fields: Partial<NewEvent> = {}): NewEvent {
  const fate = { lane: 'anna', createsUser: true, deletesUser: false, otherUser: null };
  return track(messageId, { type: 'identify', fate, ...fields });
}

export function deleteOf(lane: string, messageId: string, fields: Partial<NewEvent> = {}): NewEvent {
  const fate = { lane, createsUser: false, deletesUser: true, otherUser: null };
  return track(messageId, { type: 'delete', fate, ...fields });
}

/** An Alias, which waits in the old user's lane. */
export function aliasOf(lane: string, otherUser: string, messageId: string): NewEvent {
  return track(messageId, { type: 'alias', fate: { lane, createsUser: false, deletesUser: false, otherUser } });
}

/** An event that had its outcome when it came. */
export function settled(messageId: string, outcome: Settled['outcome']['outcome'], userId: string | null = null) {
  const message = `it was ${outcome}`;
  return track(messageId, { fate: { outcome: { outcome, reason: 'invalid_event', message, warnings: [] }, userId } });
}

export function retry(reason: ReasonCode): Outcome {
  return { outcome: 'retry', reason, message: `again: ${reason}`, warnings: [] };
}

export function refused(message: string): Outcome {
  return { outcome: 'rejected', reason: 'refused', message, warnings: [] };
}
