import { showCount } from '../show-numbers';
import type { Estimate } from './estimate';

// The relay's defaults (docs/settings.md).
const BACKLOG_LIMIT = 2_000_000;
const PARKED_LIMIT = 1_000_000;
// Of the backlog: the rest is for live events alone (docs/delivery.md, "Backfills").
const BACKFILL_SHARE = 0.75;

/** What the relay has to be told before it takes the history; each a sentence. */
export function adviseOn({ fates }: Pick<Estimate, 'fates'>): readonly string[] {
  const countOf = (outcome: string): number =>
    fates.reduce((sum, fate) => sum + (fate.outcome === outcome ? fate.events : 0), 0);
  const advice: string[] = [];
  const waiting = countOf('delivered');
  if (waiting > BACKLOG_LIMIT * BACKFILL_SHARE) {
    const limit = Math.ceil(waiting / BACKFILL_SHARE / 1e6) * 1e6;
    advice.push(
      `RELAY_BACKLOG_LIMIT=${limit}: with its ${showCount(BACKLOG_LIMIT)} the relay takes the rest only as the first part is delivered, and needs more requests`,
    );
  }
  const parked = countOf('waits');
  if (parked > PARKED_LIMIT) {
    advice.push(
      `RELAY_PARKED_LIMIT=${Math.ceil(parked / 1e6) * 1e6}: so many events wait for users without an Identify`,
    );
  }
  return advice;
}
