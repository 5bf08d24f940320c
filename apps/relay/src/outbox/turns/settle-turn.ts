import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { countChanges } from '../counting/count-changes';
import { eraseSettled, isHeld } from './erase-settled';
import { addToHistory, MAX_HISTORY, parseHistory } from './event-history';
import { IS_PENDING } from '../schema/conditions';
import { refreshLane, wakeLane } from './lanes';
import type { EventColumns, Tx } from '../schema/outbox-schema';
import type { AttemptResult, LeasedLane, NextAttempt, Settlement } from '../port/turn';
import { keepRequests } from './sent-requests';

/** Keeps how a turn ended. Returns how many events wait no longer. */
export async function settleTurn(tx: Tx, settlement: Settlement): Promise<number> {
  const { turn, next, now, learnt } = settlement;
  const { settled, erased } = await settleEvents(tx, settlement);
  for (const [userId, isKnown] of learnt) {
    // Who erased the user meanwhile wants nothing of it back.
    const isUnwanted = isKnown && erased > 0 && !(await isHeld(tx, userId, idsOf(settlement)));
    if (!isKnown) await eraseWithUserLeap(tx, settlement, userId);
    else if (!isUnwanted) await rememberKnown(tx, settlement, userId);
  }
  for (const lane of turn.lanes) await freeLane(tx, turn.destination, lane, next.get(lane.lane), now);
  return settled;
}

/** Events that came to the same share a statement. `erased` counts those that were taken away while they were on their way. */
async function settleEvents(
  tx: Tx,
  { turn, results, requests, now }: Settlement,
): Promise<{ settled: number; erased: number }> {
  const { destination } = turn;
  const carriedBy = await keepRequests(tx, destination, requests);
  const waiting = await loadWaiting(tx, results);
  const groups = new Map<string, { columns: ReturnType<typeof toColumns>; ids: number[] }>();
  const changes = results.flatMap(({ id, outcome }) => {
    const event = waiting.get(id);
    if (!event) return [];
    const columns = { ...toColumns(outcome, event, now), requests: addRequests(event, carriedBy.get(id)) };
    const key = JSON.stringify(columns);
    const group = groups.get(key);
    if (group) group.ids.push(id);
    else groups.set(key, { columns, ids: [id] });
    return [{ destination, type: event.type, from: { state: 'pending' as const, reason: event.reason }, to: columns }];
  });
  for (const { columns, ids } of groups.values()) {
    await tx
      .updateTable('events')
      .set({ ...columns, attempts: sql`attempts + 1` })
      .where('id', 'in', ids)
      .execute();
  }
  countChanges(tx, now, changes);
  const settled = changes.filter(({ to }) => to.state !== 'pending').length;
  return { settled, erased: results.length - changes.length };
}

type WaitingEvent = Pick<Selectable<EventColumns>, 'id' | 'type' | 'reason' | 'history' | 'requests'>;

/** Those that still wait. */
async function loadWaiting(tx: Tx, results: readonly AttemptResult[]): Promise<ReadonlyMap<number, WaitingEvent>> {
  if (results.length === 0) return new Map();
  const rows = await tx
    .selectFrom('events')
    .select(['id', 'type', 'reason', 'history', 'requests'])
    .where(
      'id',
      'in',
      results.map(({ id }) => id),
    )
    .where(IS_PENDING)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

function addRequests({ requests }: WaitingEvent, more: readonly number[] = []): string {
  if (more.length === 0) return requests;
  return JSON.stringify([...(JSON.parse(requests) as readonly number[]), ...more].slice(-MAX_HISTORY));
}

function toColumns(outcome: AttemptResult['outcome'], { history }: WaitingEvent, now: number) {
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

function idsOf({ turn }: Settlement): readonly number[] {
  return turn.events.map(({ id }) => id);
}

/** UserLeap has taken the order to erase the user: what came before it goes here, too. */
async function eraseWithUserLeap(tx: Tx, { turn, now }: Settlement, userId: string): Promise<void> {
  const { destination } = turn;
  await tx.deleteFrom('known_users').where('destination', '=', destination).where('user_id', '=', userId).execute();
  const deleted = turn.lanes.find(({ lane }) => lane === userId)?.lastDelete;
  const own = turn.events.filter(({ lane }) => lane === userId).map(({ id }) => id);
  await eraseSettled(tx, { destination, userId, upTo: deleted ?? Math.max(0, ...own), now });
}

async function rememberKnown(tx: Tx, { turn, now }: Settlement, userId: string): Promise<void> {
  const { destination } = turn;
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
