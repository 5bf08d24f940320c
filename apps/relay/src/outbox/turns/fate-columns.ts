import { PARKED } from '../counting/tally';
import type { NewEvent } from '../port/outbox.port';
import { userKey } from '../port/user-key';
import { writeWarnings } from './write-warnings';

/** What waits for a user whom UserLeap does not know is told by its reason from all else that waits. */
export const WAITS_FOR_USER = {
  reason: PARKED,
  message: 'waits for its user to become known, or to be looked up',
} as const;
export const WAITS_FOR_TURN = { reason: null, message: null } as const;
export type Wait = typeof WAITS_FOR_USER | typeof WAITS_FOR_TURN;

/** Where an event waits, that it is held, or how it ended at once. `isParked`: its lane waits for its user. */
export function fateColumns(fate: NewEvent['fate'], now: number, isParked = false) {
  if ('lane' in fate) {
    const { reason, message } = isParked ? WAITS_FOR_USER : WAITS_FOR_TURN;
    return {
      state: 'pending' as const,
      reason,
      message,
      warnings: '[]',
      settled_at: null,
      lane: fate.lane,
      other_user: fate.otherUser,
    };
  }
  if ('anonymousId' in fate) return HELD;
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

const HELD = {
  state: 'held' as const,
  reason: null,
  message: null,
  warnings: '[]',
  settled_at: null,
  lane: null,
  other_user: null,
};
