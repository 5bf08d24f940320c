import { sentFor } from '../outbox-suite/using';
import type { Outcome } from '@segment-userleap/mapping';
import type { OutboxPort } from '../../src/outbox/port/outbox.port';
import type { Leased, NextAttempt, Settlement, Turn } from '../../src/outbox/port/turn';
import { lease, messageIdsOf, turnOf } from '../outbox-suite/attempt';
import { DELIVERED, HERE, NOW, refused, retry, SECOND } from '../outbox-suite/sample-events';

/** So small that it keeps turns waiting. */
export const SMALL_BUDGET = { id: 'key', requests: 12, windowMs: 300 * SECOND };

/** What an attempt at an event comes to, by its message id. */
function outcomeOf(messageId: string, attempts: number): Outcome {
  if (messageId.startsWith('refused')) return refused('UserLeap refuses it');
  if (messageId.startsWith('unknown') && attempts < 2) return retry('unknown_user');
  if (messageId.startsWith('later') && attempts < 3) return retry('server_error');
  return DELIVERED;
}

/**
 * Leases and settles at `HERE` until nothing is left to wait for, but not more often than `limit`. Time goes on where there
 * is something to wait for. Returns all that was leased.
 */
export async function deliverSome(outbox: OutboxPort, limit: number): Promise<readonly Leased[]> {
  const all: Leased[] = [];
  let now = NOW + SECOND;
  while (all.length < limit) {
    const leased = await lease(outbox, { budget: SMALL_BUDGET, now });
    all.push(withoutClock(leased));
    if (leased.kind === 'dropped') continue;
    const turn = turnOf(leased);
    if (turn) await settleBy(outbox, turn, now);
    else if (!('until' in leased) || leased.until === undefined) break;
    else now = leased.until;
  }
  return all;
}

/** Since when something is in doubt was read from the store's own clock. */
function withoutClock(leased: Leased): Leased {
  if (leased.kind !== 'turns') return leased;
  const turns = leased.turns.map((turn) => {
    return {
      ...turn,
      lanes: turn.lanes.map((lane) => ({ ...lane, doubt: lane.doubt && { ...lane.doubt, since: 0 } })),
    };
  });
  return { ...leased, turns };
}

async function settleBy(outbox: OutboxPort, turn: Turn, now: number): Promise<void> {
  const ids = messageIdsOf(turn);
  const attempts = turn.lanes[0]?.attempts ?? 0;
  const results = turn.events.map(({ id }, index) => ({ id, outcome: outcomeOf(ids[index] ?? '', attempts) }));
  const next = new Map<string, NextAttempt>();
  turn.events.forEach(({ lane }, index) => {
    const outcome = results[index]?.outcome;
    if (outcome?.outcome !== 'retry') return;
    next.set(lane, { dueAt: now + 20 * SECOND, attempts: attempts + 1, parked: outcome.reason === 'unknown_user' });
  });
  const settlement: Settlement = {
    turn,
    environment: HERE,
    hasAnswered: true,
    givenBack: [],
    eventNames: { sent: [{ name: 'Opened', taken: 1, refused: 0, isToBlame: false }], heldBack: [] },
    now,
    results,
    requests: [sentFor(turn, turn.lanes[0]?.lane ?? '', { sentAt: now })],
    next,
    places: [{ id: turn.id, endedAt: now + 1 }],
    budget: SMALL_BUDGET,
    memories: new Map(turn.lanes.map(({ lane }) => [lane, Uint8Array.from(lane, (letter) => letter.charCodeAt(0))])),
    learnt: turn.lanes
      .filter(({ lane }) => !next.has(lane))
      .map(({ lane }) => [lane, turn.isPurge ? 'erased' : 'known']),
  };
  await outbox.settle([settlement]);
}
