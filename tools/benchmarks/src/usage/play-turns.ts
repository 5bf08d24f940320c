import type { Outbox, Turn } from './relay-store';

export const DESTINATION = 'default';

/** Named after what is measured: its destination and its budget. */
export interface Place {
  readonly environment: string;
  readonly now: number;
}

/** An Identify for the store, of what a measurement says. */
export function identifyOf(userId: string, messageId: string, { now }: Place): object {
  const fate = { lane: userId, createsUser: true, deletesUser: false, otherUser: null };
  const body = JSON.stringify({ messageId, userId, traits: { plan: 'pro', seats: 1 } });
  return { destination: DESTINATION, messageId, type: 'identify', body, acceptedAt: now, fate };
}

/** So many turns, however many leases they take. `more`: what is asked of each lease. */
export async function leaseAll(
  outbox: Outbox,
  count: number,
  place: Place,
  more: { readonly looksUp?: boolean; readonly lookUpsFirst?: number } = {},
): Promise<readonly Turn[]> {
  const turns: Turn[] = [];
  while (turns.length < count) {
    const leased = await outbox.lease({ ...leaseCall(count - turns.length, place), ...more });
    if (!leased.turns) throw new Error(`expected turns, got ${leased.kind}`);
    turns.push(...leased.turns);
  }
  return turns;
}

/** That all of a turn was delivered in one request. `more`: what was told, and is known of its user. */
export function deliveredOf(
  turn: Turn,
  { environment, now }: Place,
  more: {
    readonly told?: object;
    readonly learnt: readonly unknown[];
    readonly memories: ReadonlyMap<string, Uint8Array>;
  },
): object {
  const events = turn.events.map(({ id }) => id);
  const request = { kind: 'upsert', sentAt: now, milliseconds: 20, reply: { status: 202 }, events };
  return {
    turn,
    environment,
    now,
    results: events.map((id) => ({ id, outcome: { outcome: 'delivered', warnings: [] } })),
    requests: [more.told ? { ...request, told: more.told } : request],
    next: new Map(),
    places: [{ id: turn.id, endedAt: now }],
    budget: budgetOf(environment),
    learnt: more.learnt,
    memories: more.memories,
    hasAnswered: true,
    givenBack: [],
    eventNames: { sent: [], heldBack: [] },
  };
}

/** That the users of a turn were looked up in vain, and wait on. */
export function notFoundOf(turn: Turn, place: Place): object {
  const { now } = place;
  const outcome = { outcome: 'retry', reason: 'unknown_user', message: 'UserLeap has no such user', warnings: [] };
  return {
    ...deliveredOf(turn, place, { learnt: [], memories: new Map() }),
    results: turn.events.map(({ id }) => ({ id, outcome })),
    requests: [{ kind: 'lookup', sentAt: now, milliseconds: 20, reply: { status: 404 }, events: [] }],
    next: new Map(turn.lanes.map(({ lane }) => [lane, { attempts: 2, dueAt: now, parked: true }])),
  };
}

function leaseCall(most: number, { environment, now }: Place): object {
  const where = { destination: DESTINATION, environment, budget: budgetOf(environment) };
  const live = { mayPurge: false, looksUp: false, lookUpsFirst: 0, liveTurns: 0, backfilledLookUpsFirst: 0 };
  return { ...where, ...live, now, budgetNow: now, most, mostBackfilled: 0, bytes: 8_000_000 };
}

/** A short window: each lease counts the places in it, and a hundred thousand of them would cost more than what is measured. */
function budgetOf(environment: string): object {
  return { id: environment, requests: 1_000_000, windowMs: 1_000 };
}
