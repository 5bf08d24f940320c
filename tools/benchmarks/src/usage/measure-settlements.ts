import { median } from '../report/percentile';
import type { Outbox, Turn } from './relay-store';

const DESTINATION = 'default';
const BUDGET = { id: 'settlements', requests: 1_000_000, windowMs: 300_000 };
const EVENTS_OF_USER = 3;

export interface SettlementPlan {
  /** No two on one store have the same. */
  readonly name: string;
  /** How many turns share a settlement. */
  readonly turns: number;
  readonly rounds: number;
  /** Whether something is sent for the how many-th user for the first time in the month. */
  readonly isNew: (user: number) => boolean;
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
  const known = users.filter((_, user) => !plan.isNew(round * plan.turns + user));
  await outbox.trackUsers({ environment: BUDGET.id, users: known, at: now, limit: 1_000_000_000 });
  await outbox.accept(users.flatMap((userId) => eventsOf(userId, now)));
  const turns: Turn[] = [];
  while (turns.length < plan.turns) {
    const leased = await outbox.lease(leaseCall(now, plan.turns - turns.length));
    if (!leased.turns) throw new Error(`expected turns, got ${leased.kind}`);
    turns.push(...leased.turns);
  }
  const settlements = turns.map((turn) => settlementOf(turn, now, kind === 'counted'));
  const start = performance.now();
  await outbox.settle(settlements);
  return performance.now() - start;
}

function eventsOf(userId: string, now: number): readonly object[] {
  const fate = { lane: userId, createsUser: true, deletesUser: false, otherUser: null };
  return Array.from({ length: EVENTS_OF_USER }, (_, index) => {
    const messageId = `${userId} ${index}`;
    const body = JSON.stringify({ messageId, userId, traits: { plan: 'pro', seats: index } });
    return { destination: DESTINATION, messageId, type: 'identify', body, acceptedAt: now, fate };
  });
}

function leaseCall(now: number, most: number): object {
  const where = { destination: DESTINATION, environment: BUDGET.id, budget: BUDGET };
  return { ...where, now, budgetNow: now, mayPurge: false, looksUp: false, lookUpsFirst: 0, most, bytes: 8_000_000 };
}

function settlementOf(turn: Turn, now: number, isCounted: boolean): object {
  const [lane] = turn.lanes;
  const userId = lane?.lane ?? '';
  const told = { userId, isTracked: (lane?.tracked ?? 0) > 0, attributes: 2, events: [] };
  const events = turn.events.map(({ id }) => id);
  const request = { kind: 'upsert', sentAt: now, milliseconds: 20, reply: { status: 202 }, events };
  return {
    turn,
    environment: BUDGET.id,
    now,
    results: events.map((id) => ({ id, outcome: { outcome: 'delivered', warnings: [] } })),
    requests: [isCounted ? { ...request, told } : request],
    next: new Map(),
    places: [{ id: turn.id, endedAt: now }],
    budget: BUDGET,
    learnt: [[userId, 'known']],
    memories: new Map([[userId, new Uint8Array(40)]]),
    hasAnswered: true,
    givenBack: [],
  };
}
