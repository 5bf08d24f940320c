import { costOf, measurePairs } from './measure-pairs';
import type { PairFigures } from './measure-pairs';
import { deliveredOf, identifyOf, leaseAll } from './play-turns';
import type { Outbox, RelayStore } from './relay-store';

const ENVIRONMENT = 'settlements';
const EVENTS_OF_USER = 3;

/** What is kept of a user before: nothing; that UserLeap knows it, and what it was told; that it counts in the month, too. */
export type Before = 'nothing' | 'known' | 'counted';

export interface SettlementPlan {
  /** No two on one store have the same. */
  readonly name: string;
  /** How many turns share a settlement. */
  readonly turns: number;
  readonly rounds: number;
  /** Of the how many-th user. */
  readonly before: (user: number) => Before;
}

/**
 * How long settlements take with and without counting what was sent, in turns, on one store: each round settles as many turns of
 * each kind, for other users.
 */
export function measureSettlements(store: RelayStore, plan: SettlementPlan): Promise<PairFigures> {
  return measurePairs(plan.rounds, async (kind, round) => {
    const now = Date.now();
    // Those of both kinds stand side by side in every index: at its end they would be cheaper.
    const users = Array.from({ length: plan.turns }, (_, user) => `${user} ${round} ${plan.name} ${kind}`);
    for (const before of ['known', 'counted'] as const) {
      const own = users.filter((_, user) => plan.before(round * plan.turns + user) === before);
      const isCounted = before === 'counted';
      await store.outbox.settle(await prepare(store.outbox, own, { now, name: 'before', isCounted }));
    }
    const settlements = await prepare(store.outbox, users, { now, name: 'then', isCounted: kind === 'with' });
    return costOf(store, () => store.outbox.settle(settlements));
  });
}

/** Something is accepted for each of the users, leased, and sent. */
async function prepare(
  outbox: Outbox,
  users: readonly string[],
  { now, name, isCounted }: { readonly now: number; readonly name: string; readonly isCounted: boolean },
): Promise<readonly object[]> {
  const place = { environment: ENVIRONMENT, now };
  const indexes = Array.from({ length: EVENTS_OF_USER }, (_, index) => index);
  await outbox.accept(
    users.flatMap((userId) => indexes.map((index) => identifyOf(userId, `${userId} ${name} ${index}`, place))),
  );
  return (await leaseAll(outbox, users.length, place)).map((turn) => {
    const [lane] = turn.lanes;
    const userId = lane?.lane ?? '';
    return deliveredOf(turn, place, {
      ...(isCounted ? { told: { userId, isTracked: (lane?.tracked ?? 0) > 0, attributes: 2, events: [] } } : {}),
      learnt: lane?.isKnown ? [] : [[userId, 'known']],
      memories: new Map([[userId, new Uint8Array(40)]]),
    });
  });
}
