const BASE_MS = 1_000;
const MIN_MS = 100;
const MAX_MS = 5 * 60 * 1_000;
// How long after the n-th look-up an unknown user is looked up again, unless an Identify comes.
const LOOK_UP_AGAIN_MS = [10_000, 60_000, 5 * 60_000, 60 * 60_000, 6 * 60 * 60_000, 24 * 60 * 60_000];

/**
 * Milliseconds to wait after `attempts` failures in a row: exponential with full jitter, from a tenth of a
 * second to five minutes. `chance` is a number from 0 to 1.
 */
export function backOff(attempts: number, chance: number): number {
  return Math.max(MIN_MS, Math.round(chance * Math.min(MAX_MS, BASE_MS * 2 ** attempts)));
}

/** Milliseconds until an unknown user is looked up again, after `attempts` look-ups before this one. */
export function lookUpAgainAfter(attempts: number): number {
  return LOOK_UP_AGAIN_MS[Math.min(attempts, LOOK_UP_AGAIN_MS.length - 1)] ?? 0;
}
