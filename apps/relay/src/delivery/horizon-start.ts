import type { PausedTime } from '../outbox/port/outbox.port';

/**
 * What was queued before this time has waited for longer than so many milliseconds, paused time left out: a pause of which no
 * end is known lasts until now. Pauses may overlap.
 */
export function horizonStart(now: number, horizonMs: number, pauses: readonly PausedTime[]): number {
  const latestFirst = pauses
    .map(({ from, until }) => ({ from, until: until ?? now }))
    .sort((a, b) => b.until - a.until);
  let start = now;
  let left = horizonMs;
  for (const { from, until } of latestFirst) {
    const active = start - Math.min(start, until);
    if (active > left) break;
    left -= active;
    start = Math.min(start, until, from);
  }
  return start - left;
}
