/** UserLeap applies an upsert within moments of its 202; by then a look-up shows it. */
export const APPLIED_AFTER_MS = 10_000;

/** Milliseconds until a look-up shows what UserLeap was told then. A time in the future is another clock's: it says nothing. */
export function untilApplied(toldAt: number | undefined, now: number): number {
  return toldAt === undefined || toldAt > now ? 0 : Math.max(0, toldAt + APPLIED_AFTER_MS - now);
}
