import type { Outcome } from '@segment-userleap/mapping';
import { RETRY_HORIZON_SECONDS } from '../config/retry-horizon';

/** The outcome, but for an event that was accepted too long ago to be tried again: that one becomes a dead letter. */
export function applyHorizon(outcome: Outcome, acceptedAt: number, now: number): Outcome {
  if (outcome.outcome !== 'retry' || now < acceptedAt + RETRY_HORIZON_SECONDS * 1000) return outcome;
  const { reason, message, warnings } = outcome;
  return { outcome: 'rejected', reason, message: `given up after 72 hours; ${message}`, warnings };
}
