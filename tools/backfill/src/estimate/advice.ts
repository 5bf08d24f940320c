import { showCount } from '../show-numbers';
import type { Estimate } from './estimate';

// The relay's defaults (README.md, "Variables").
const BACKLOG_LIMIT = 2_000_000;
const PARKED_LIMIT = 1_000_000;
const RETRY_HORIZON_HOURS = 72;
// Live traffic goes first, and a relay may stand still for a while.
const ROOM = 1.5;

/** What the relay has to be told before it takes the history; each a sentence. */
export function adviseOn({ fates, ms }: Pick<Estimate, 'fates' | 'ms'>): readonly string[] {
  const countOf = (outcome: string): number =>
    fates.reduce((sum, fate) => sum + (fate.outcome === outcome ? fate.events : 0), 0);
  const advice: string[] = [];
  const waiting = countOf('delivered');
  if (waiting * ROOM > BACKLOG_LIMIT) {
    const limit = Math.ceil((waiting * ROOM) / 1e6) * 1e6;
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
  const hours = (ms / 3_600_000) * ROOM;
  if (hours > RETRY_HORIZON_HOURS) {
    advice.push(
      `RELAY_RETRY_HORIZON=${Math.ceil(hours)}h: what waits for more than its ${RETRY_HORIZON_HOURS} h becomes a dead letter`,
    );
  }
  return advice;
}
