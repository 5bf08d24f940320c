export const MINUTE_MS = 60_000;

/** The start of the minute that a time falls into. */
export function minuteOf(time: number): number {
  return Math.floor(time / MINUTE_MS) * MINUTE_MS;
}
