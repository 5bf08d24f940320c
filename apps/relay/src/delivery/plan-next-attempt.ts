import type { Outcome, ReasonedOutcome } from '@segment-userleap/mapping';
import type { DueLane, NextAttempt } from '../outbox/outbox.port';
import { backOff, lookUpAgainAfter } from './back-off';

/**
 * When a lane is tried again after an attempt with these outcomes: what UserLeap asked for, else by back-off; a lane in
 * which all that is left waits for its user is parked.
 */
export function planNextAttempt(
  { attempts }: Pick<DueLane, 'attempts'>,
  outcomes: readonly Outcome[],
  now: number,
  chance: number,
): NextAttempt {
  const waiting = outcomes.filter((outcome): outcome is ReasonedOutcome => outcome.outcome === 'retry');
  if (waiting.length > 0 && waiting.every(({ reason }) => reason === 'unknown_user')) {
    return { dueAt: now + lookUpAgainAfter(attempts), parked: true };
  }
  const asked = waiting.map(({ delayMs = 0 }) => delayMs);
  return { dueAt: now + Math.max(backOff(attempts, chance), ...asked), parked: false };
}
