// How long after the n-th look-up an unknown user is looked up again, unless an Identify comes.
const LOOK_UP_AGAIN_MS = [10_000, 60_000, 5 * 60_000, 60 * 60_000, 6 * 60 * 60_000, 24 * 60 * 60_000];

/** Milliseconds until an unknown user is looked up again, after `attempts` look-ups before this one. */
export function lookUpAgainAfter(attempts: number): number {
  return LOOK_UP_AGAIN_MS[Math.min(attempts, LOOK_UP_AGAIN_MS.length - 1)] ?? 0;
}
