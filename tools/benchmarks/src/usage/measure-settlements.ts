import { median } from '../report/percentile';
import type { Outbox, Turn } from './relay-store';

const DESTINATION = 'default';
const BUDGET = { id: 'settlements', requests: 1_000_000, windowMs: 300_000 };
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
  await outbox.accept(users.flatMap((userId) => eventsOf(userId, name, now)));
  const turns: Turn[] = [];
  while (turns.length < users.length) {
    const leased = await outbox.lease(leaseCall(now, users.length - turns.length));
    if (!leased.turns) throw new Error(`expected turns, got ${leased.kind}`);
    turns.push(...leased.turns);
  }
  return turns.map((turn) => settlementOf(turn, now, isCounted));
}

function eventsOf(userId: string, name: string, now: number): readonly object[] {
  const fate = { lane: userId, createsUser: true, deletesUser: false, otherUser: null };
  return Array.from({ length: EVENTS_OF_USER }, (_, index) => {
    const messageId = `${userId} ${name} ${index}`;
    const body = JSON.stringify({ messageId, userId, traits: { plan: 'pro', seats: index } });
    return { destination: DESTINATION, messageId, type: 'identify', body, acceptedAt: now, fate };
  });
}

function leaseCall(now: number, most: number): object {
  const where = { destination: DESTINATION, environment: BUDGET.id, budget: BUDGET };
  const live = { mayPurge: false, looksUp: false, lookUpsFirst: 0, liveTurns: 0, backfilledLookUpsFirst: 0 };
  return { ...where, ...live, now, budgetNow: now, most, mostBackfilled: 0, bytes: 8_000_000 };
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
    learnt: lane?.isKnown ? [] : [[userId, 'known']],
    memories: new Map([[userId, new Uint8Array(40)]]),
    hasAnswered: true,
    givenBack: [],
    eventNames: { sent: [], heldBack: [] },
  };
}
