import { lookUpAgainAfter } from '@segment-userleap/delivery';
import type { Outcome, ReasonCode, ReasonedOutcome } from '@segment-userleap/mapping';
import type { LeasedLane, NextAttempt } from '../outbox/port/turn';
import { backOff } from './back-off';

// They hold for the whole destination, which waits as such: the lane keeps its place.
const OF_THE_DESTINATION: readonly ReasonCode[] = ['rate_limited', 'out_of_time', 'waiting_for_earlier'];
// UserLeap has not shown yet what it was told: nothing has failed.
const TOO_SOON: ReasonCode = 'just_updated';

/**
 * When a lane is tried again after an attempt with these outcomes; undefined where nothing in it goes on waiting. After
 * what UserLeap asked for, else by back-off; a lane in which all that is left waits for its user is parked until
 * the user is looked up again.
 */
export function planNextAttempt(
  { attempts: before, isParked }: Pick<LeasedLane, 'attempts' | 'isParked'>,
  outcomes: readonly Outcome[],
  { now, chance }: { now: number; chance: number },
): NextAttempt | undefined {
  const waiting = outcomes.filter((outcome): outcome is ReasonedOutcome => outcome.outcome === 'retry');
  if (waiting.length === 0) return undefined;
  if (waiting.every(({ reason }) => reason === 'unknown_user')) {
    // Failures and look-ups are counted apart.
    const lookUps = isParked ? before : 0;
    return { dueAt: now + lookUpAgainAfter(lookUps), attempts: lookUps + 1, parked: true };
  }
  if (waiting.every(({ reason }) => OF_THE_DESTINATION.includes(reason))) {
    return { dueAt: undefined, attempts: before, parked: false };
  }
  const attempts = isParked ? 0 : before;
  const asked = waiting.map(({ delayMs = 0 }) => delayMs);
  if (waiting.every(({ reason }) => reason === TOO_SOON || OF_THE_DESTINATION.includes(reason))) {
    return { dueAt: now + Math.max(...asked), attempts, parked: false };
  }
  return { dueAt: now + Math.max(backOff(attempts, chance), ...asked), attempts: attempts + 1, parked: false };
}
