import { median } from '../report/percentile';
import type { Outbox, Turn } from '../usage/relay-store';

const DESTINATION = 'default';
const BUDGET = { id: 'memory', requests: 1_000_000, windowMs: 300_000 };
const TURNS = 64;
const ROUNDS = 60;

export interface RememberingFigures {
  /** Of a lease and a settlement of 64 turns. */
  readonly withMs: number;
  readonly withoutMs: number;
  /** What the memory adds: the median of rounds, in each of which the same is leased and settled with and without it. */
  readonly ratio: number;
}

/**
 * How long leases and settlements take of users with a memory, beside users without one, in turns, on one store. `usersOf` gives so many
 * that are known, other ones each time.
 */
export async function measureRemembering(
  outbox: Outbox,
  usersOf: (kind: 'with' | 'without', count: number) => readonly string[],
  memory: Uint8Array,
): Promise<RememberingFigures> {
  const times: Record<'with' | 'without', number[]> = { with: [], without: [] };
  for (let round = 0; round < ROUNDS; round++) {
    // Whoever goes second finds a warmer store.
    const kinds = round % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const);
    for (const kind of kinds) {
      const told = kind === 'with' ? memory : undefined;
      times[kind].push(await playRound(outbox, usersOf(kind, TURNS), told));
    }
  }
  const ratios = times.with.map((ms, round) => ms / (times.without[round] ?? NaN));
  return { withMs: median(times.with), withoutMs: median(times.without), ratio: median(ratios) };
}

/** Something is accepted for each of the users; then it is leased and settled. */
async function playRound(outbox: Outbox, users: readonly string[], told: Uint8Array | undefined): Promise<number> {
  const now = Date.now();
  const fate = { createsUser: true, deletesUser: false, otherUser: null };
  await outbox.accept(
    users.map((userId) => {
      const body = JSON.stringify({ userId, traits: { plan: 'pro' } });
      const messageId = `${userId} ${now}`;
      return {
        destination: DESTINATION,
        messageId,
        type: 'identify',
        body,
        acceptedAt: now,
        fate: { ...fate, lane: userId },
      };
    }),
  );
  const start = performance.now();
  const turns: Turn[] = [];
  while (turns.length < users.length) {
    const leased = await outbox.lease(leaseCall(now, users.length - turns.length));
    if (!leased.turns) throw new Error(`expected turns, got ${leased.kind}`);
    turns.push(...leased.turns);
  }
  await outbox.settle(turns.map((turn) => settlementOf(turn, now, told)));
  return performance.now() - start;
}

function leaseCall(now: number, most: number): object {
  const where = { destination: DESTINATION, environment: BUDGET.id, budget: BUDGET };
  const live = { mayPurge: false, looksUp: false, lookUpsFirst: 0, liveTurns: 0, backfilledLookUpsFirst: 0 };
  return { ...where, ...live, now, budgetNow: now, most, mostBackfilled: 0, bytes: 8_000_000 };
}

function settlementOf(turn: Turn, now: number, told: Uint8Array | undefined): object {
  const events = turn.events.map(({ id }) => id);
  return {
    turn,
    environment: BUDGET.id,
    now,
    results: events.map((id) => ({ id, outcome: { outcome: 'delivered', warnings: [] } })),
    requests: [{ kind: 'upsert', sentAt: now, milliseconds: 20, reply: { status: 202 }, events }],
    next: new Map(),
    places: [{ id: turn.id, endedAt: now }],
    budget: BUDGET,
    learnt: [],
    memories: new Map(told ? turn.lanes.map(({ lane }) => [lane, told] as const) : []),
    hasAnswered: true,
    givenBack: [],
    eventNames: { sent: [], heldBack: [] },
  };
}
