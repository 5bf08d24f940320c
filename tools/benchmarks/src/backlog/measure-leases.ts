import { randomBytes } from 'node:crypto';
import { compareCosts, costOf, playPairs } from '../usage/measure-pairs';
import type { Cost, Kind, PairFigures } from '../usage/measure-pairs';
import { deliveredOf, leaseAll, notFoundOf } from '../usage/play-turns';
import type { Place } from '../usage/play-turns';
import type { Turn } from '../usage/relay-store';
import { TOLD_BYTES, trackOf } from './waiting-users';
import type { WaitingUsers } from './waiting-users';

export interface LeasePlan {
  readonly environment: string;
  /** How many are leased, and share a settlement. */
  readonly turns: number;
  readonly rounds: number;
  /** How many of them look up users. */
  readonly lookUps: number;
}

export interface LeaseFigures {
  readonly lease: PairFigures;
  readonly settlement: PairFigures;
  readonly both: PairFigures;
}

interface Costs {
  readonly lease: Cost;
  readonly settlement: Cost;
}

/**
 * What a lease and a settlement take where many wait (`with`), beside the same where few do. Who waits longest goes, and comes again
 * later: as many wait as before.
 */
export async function measureLeases(
  waiting: Readonly<Record<Kind, WaitingUsers>>,
  { environment, turns, rounds, lookUps }: LeasePlan,
): Promise<LeaseFigures> {
  const played = await playPairs(rounds, async (kind, round): Promise<Costs> => {
    const { store } = waiting[kind];
    const place = { environment, now: Date.now() };
    let leased: readonly Turn[] = [];
    const lease = await costOf(store, async () => {
      leased = await leaseAll(store.outbox, turns, place, { looksUp: true, lookUpsFirst: lookUps });
    });
    const settlements = leased.map((turn) => endOf(turn, place));
    const settlement = await costOf(store, () => store.outbox.settle(settlements));
    const served = leased.flatMap(({ lanes }) => lanes.filter(({ isKnown }) => isKnown));
    await store.outbox.accept(served.map(({ lane }) => trackOf(lane, `${lane} ${turns} ${lookUps} ${round}`, place)));
    return { lease, settlement };
  });
  const figuresOf = (cost: (costs: Costs) => Cost): PairFigures =>
    compareCosts({ with: played.with.map(cost), without: played.without.map(cost) });
  return {
    lease: figuresOf(({ lease }) => lease),
    settlement: figuresOf(({ settlement }) => settlement),
    both: figuresOf(({ lease, settlement }) => ({
      ms: lease.ms + settlement.ms,
      cpuMs: lease.cpuMs + settlement.cpuMs,
    })),
  };
}

/** What waits of a known user is delivered, and what UserLeap was told is remembered; another user is not found. */
function endOf(turn: Turn, place: Place): object {
  if (turn.lanes.some(({ isKnown }) => !isKnown)) return notFoundOf(turn, place);
  const memories = new Map(turn.lanes.map(({ lane }) => [lane, randomBytes(TOLD_BYTES)]));
  return deliveredOf(turn, place, { learnt: [], memories });
}
