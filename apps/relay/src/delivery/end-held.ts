import type { RelayConfig } from '../config/relay-config';
import type { OutboxPort } from '../outbox/port/outbox.port';
import type { EndedHeld } from '../outbox/port/steps';

export type HoldConfig = Pick<RelayConfig, 'anonymousHoldMs' | 'anonymousLimit'>;

/** Ends a little of what has been held for as long as it may, or is more than may be held; where nothing is held any more, of all. */
export function endHeld(
  outbox: Pick<OutboxPort, 'endHeld'>,
  { anonymousHoldMs, anonymousLimit }: HoldConfig,
  now: number,
  limit: number,
): Promise<readonly EndedHeld[]> {
  const before = anonymousHoldMs === 0 ? Number.MAX_SAFE_INTEGER : now - anonymousHoldMs;
  return outbox.endHeld({ before, most: anonymousLimit, now, limit });
}
