import { sql } from 'kysely';
import { addToHistory, parseHistory } from './event-record';
import { ERASED, IS_PENDING, IS_SETTLED, refreshLane, wakeLane } from './lanes';
import type { Tx } from './lanes';
import type { AttemptResult, LeasedLane, NextAttempt, Settlement } from './outbox.port';
import { endSlots } from './request-budget';

/** Keeps how a turn ended. Returns how many events wait no longer. */
export async function settleTurn(tx: Tx, settlement: Settlement): Promise<number> {
  const { turn, results, next, now, learnt, slots, budget } = settlement;
  await endSlots(tx, budget, slots);
  const settled = await settleEvents(tx, results, now);
  for (const [userId, isKnown] of learnt) await learn(tx, settlement, userId, isKnown);
  for (const lane of turn.lanes) await freeLane(tx, turn.destination, lane, next.get(lane.lane), now);
  return settled;
}

/** Events that came to the same share a statement. Returns how many wait no longer. */
async function settleEvents(tx: Tx, results: readonly AttemptResult[], now: number): Promise<number> {
  const histories = await loadHistories(tx, results);
  const groups = new Map<string, { columns: ReturnType<typeof toColumns>; ids: number[] }>();
  for (const { id, outcome } of results) {
    const columns = toColumns(outcome, histories.get(id) ?? '[]', now);
    const key = JSON.stringify(columns);
    const group = groups.get(key);
    if (group) group.ids.push(id);
    else groups.set(key, { columns, ids: [id] });
  }
  let settled = 0;
  for (const { columns, ids } of groups.values()) {
    const { numUpdatedRows } = await tx
      .updateTable('events')
      .set({ ...columns, attempts: sql`attempts + 1` })
      .where('id', 'in', ids)
      .where(IS_PENDING)
      .executeTakeFirstOrThrow();
    if (columns.state !== 'pending') settled += Number(numUpdatedRows);
  }
  return settled;
}

async function loadHistories(tx: Tx, results: readonly AttemptResult[]): Promise<ReadonlyMap<number, string>> {
  const waiting = results.filter(({ outcome }) => outcome.outcome === 'retry').map(({ id }) => id);
  if (waiting.length === 0) return new Map();
  const rows = await tx.selectFrom('events').select(['id', 'history']).where('id', 'in', waiting).execute();
  return new Map(rows.map(({ id, history }) => [id, history]));
}

function toColumns(outcome: AttemptResult['outcome'], history: string, now: number) {
  const warnings = JSON.stringify(outcome.warnings);
  switch (outcome.outcome) {
    case 'delivered':
      return { state: outcome.outcome, reason: null, message: null, warnings, settled_at: now };
    case 'retry': {
      const { reason, message } = outcome;
      const longer = JSON.stringify(addToHistory(parseHistory(history), outcome, now));
      return { state: 'pending' as const, reason, message, warnings, settled_at: null, history: longer };
    }
    default: {
      const { reason, message } = outcome;
      return { state: outcome.outcome, reason, message, warnings, settled_at: now };
    }
  }
}

async function learn(tx: Tx, { turn, now }: Settlement, userId: string, isKnown: boolean): Promise<void> {
  const { destination } = turn;
  if (!isKnown) {
    await tx.deleteFrom('known_users').where('destination', '=', destination).where('user_id', '=', userId).execute();
    const deleted = turn.lanes.find(({ lane }) => lane === userId)?.lastDelete;
    const own = turn.events.filter(({ lane }) => lane === userId).map(({ id }) => id);
    return eraseUser(tx, destination, userId, deleted ?? Math.max(...own));
  }
  const known = { known: 1 as const, learnt_at: now, look_ups: 0, look_up_at: null };
  await tx
    .insertInto('known_users')
    .values({ destination, user_id: userId, ...known })
    .onConflict((conflict) =>
      conflict.columns(['destination', 'user_id']).doUpdateSet(known).where('known_users.known', '=', 0),
    )
    .execute();
  await wakeLane(tx, destination, userId);
}

/** Removes what the store still holds of a user up to an event: content, texts and ids. What became of events stays. */
async function eraseUser(tx: Tx, destination: string, userId: string, upTo: number): Promise<void> {
  for (const column of ['lane', 'other_user'] as const) {
    await tx
      .updateTable('events')
      .set(ERASED)
      .where('destination', '=', destination)
      .where(column, '=', userId)
      .where(IS_SETTLED)
      .where('id', '<=', upTo)
      .execute();
  }
}

async function freeLane(
  tx: Tx,
  destination: string,
  { lane }: LeasedLane,
  next: NextAttempt | undefined,
  now: number,
): Promise<void> {
  if ((await refreshLane(tx, destination, lane)) === undefined) return;
  const { woken } = await tx
    .selectFrom('lanes')
    .select('woken')
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .executeTakeFirstOrThrow();
  // What it waits for came while it was in flight.
  const isReady = !next || (next.parked && woken === 1);
  await tx
    .updateTable('lanes')
    .set({
      leased: 0,
      parked: !isReady && next.parked ? 1 : 0,
      due_at: isReady ? null : (next.dueAt ?? null),
      attempts: isReady ? 0 : next.attempts,
    })
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .execute();
  if (!isReady && next.parked) await rememberUnknown(tx, destination, lane, next, now);
}

async function rememberUnknown(
  tx: Tx,
  destination: string,
  userId: string,
  { attempts, dueAt }: NextAttempt,
  now: number,
): Promise<void> {
  const unknown = { known: 0 as const, learnt_at: now, look_ups: attempts, look_up_at: dueAt ?? null };
  await tx
    .insertInto('known_users')
    .values({ destination, user_id: userId, ...unknown })
    .onConflict((conflict) => conflict.columns(['destination', 'user_id']).doUpdateSet(unknown))
    .execute();
}
