/** A time, in epoch milliseconds, as people and programs read it (ISO-8601, UTC). */
export function isoOf(time: number): string {
  return new Date(time).toISOString();
}
