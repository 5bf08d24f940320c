import { LookUpShare } from '@segment-userleap/delivery';
import { TURNS_PER_BACKFILL } from '../outbox/port/turn';
import type { LeaseCall, Turn } from '../outbox/port/turn';

// As many turns of live lanes are enough for one of a backfill.
const LIVE_PER_BACKFILLED = TURNS_PER_BACKFILL - 1;
// What a backfill had while nothing live was ready counts as its share of what comes next, up to so many turns.
const MOST_HAD_BEFORE = 10;

type Shares = Pick<LeaseCall, 'lookUpsFirst' | 'liveTurns' | 'backfilledLookUpsFirst'>;

/** Whose turn it is: of what is to wait behind something else a share goes first, so that nothing waits for ever. */
export class TurnShares {
  readonly #lookUps = new LookUpShare();
  readonly #backfilledLookUps = new LookUpShare();
  #liveTurns = 0;

  /** Of so many turns. */
  of(turns: number): Shares {
    const lookUpsFirst = this.#lookUps.of(turns);
    return { lookUpsFirst, liveTurns: this.#liveTurns, backfilledLookUpsFirst: this.#backfilledLookUps.of(1) };
  }

  /** These turns begin. */
  note(turns: readonly Turn[]): void {
    const backfilled = turns.filter(({ isBackfilled }) => isBackfilled);
    const live = turns.filter(({ isBackfilled }) => !isBackfilled);
    this.#lookUps.note(live);
    this.#backfilledLookUps.note(backfilled);
    // It had its turn, and nothing of it was ready.
    const isMissed = this.#liveTurns >= LIVE_PER_BACKFILLED && backfilled.length === 0;
    const before = isMissed ? 0 : this.#liveTurns + live.length;
    const liveTurns = before - backfilled.length * LIVE_PER_BACKFILLED;
    const least = -LIVE_PER_BACKFILLED * MOST_HAD_BEFORE;
    this.#liveTurns = Math.min(LIVE_PER_BACKFILLED, Math.max(least, liveTurns));
  }
}
