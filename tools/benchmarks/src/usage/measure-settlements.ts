import { median } from '../report/percentile';
import { deliveredOf, identifyOf, leaseAll } from './play-turns';
import type { Outbox } from './relay-store';

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

export interface SettlementFigures {
  /** Of a settlement. */
  readonly countedMs: number;
  readonly uncountedMs: number;
  /** What counting adds: the median of rounds, in each of which the same is settled with and without it. */
  readonly ratio: number;
}

/**
 * How long settlements take with and without counting what was sent, in turns, on one store: each round settles as many turns of
 * each kind, for other users.
 */
export async function measureSettlements(outbox: Outbox, plan: SettlementPlan): Promise<SettlementFigures> {
  const times: Record<'counted' | 'uncounted', number[]> = { counted: [], uncounted: [] };
  for (let round = 0; round < plan.rounds; round++) {
    // Whoever goes second finds a warmer store.
    const kinds = round % 2 === 0 ? (['counted', 'uncounted'] as const) : (['uncounted', 'counted'] as const);
    for (const kind of kinds) times[kind].push(await settleRound(outbox, plan, { round, kind }));
  }
  const ratios = times.counted.map((ms, round) => ms / (times.uncounted[round] ?? NaN));
  return { countedMs: median(times.counted), uncountedMs: median(times.uncounted), ratio: median(ratios) };
}

async function settleRound(
  outbox: Outbox,
  plan: SettlementPlan,
  { round, kind }: { readonly round: number; readonly kind: 'counted' | 'uncounted' },
): Promise<number> {
  const now = Date.now();
  const name = `${plan.name} ${kind} ${round}`;
  const users = Array.from({ length: plan.turns }, (_, user) => `${name} ${user}`);
  for (const before of ['known', 'counted'] as const) {
    const own = users.filter((_, user) => plan.before(round * plan.turns + user) === before);
    await outbox.settle(await prepare(outbox, own, { now, name: 'before', isCounted: before === 'counted' }));
  }
  const settlements = await prepare(outbox, users, { now, name: 'then', isCounted: kind === 'counted' });
  const start = performance.now();
  await outbox.settle(settlements);
  return performance.now() - start;
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
