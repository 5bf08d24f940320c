const BASE_MS = 1_000;
const MIN_MS = 100;
const MAX_MS = 5 * 60 * 1_000;

/**
 * Milliseconds to wait after `attempts` failures in a row: exponential with full jitter, from a tenth of a
 * second to five minutes. `chance` is a number from 0 to 1.
 */
export function backOff(attempts: number, chance: number): number {
  return Math.max(MIN_MS, Math.round(chance * Math.min(MAX_MS, BASE_MS * 2 ** attempts)));
}
