import type { NewEvent } from '../port/outbox.port';
import { userKey } from '../port/user-key';
import { writeWarnings } from './write-warnings';

/** Where an event waits, or how it ended at once. */
export function fateColumns(fate: NewEvent['fate'], now: number) {
  if ('lane' in fate) {
    return {
      state: 'pending' as const,
      reason: null,
      message: null,
      warnings: '[]',
      settled_at: null,
      lane: fate.lane,
      other_user: fate.otherUser,
    };
  }
  const { outcome, reason, message, warnings } = fate.outcome;
  return {
    state: outcome,
    reason,
    message,
    warnings: writeWarnings(warnings),
    settled_at: now,
    lane: fate.userId === null ? null : userKey(fate.userId),
    other_user: null,
  };
}
