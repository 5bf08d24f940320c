import { sql } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { PARKED } from '../counting/tally';
import type { Kind } from '../counting/tally';
import { IS_PENDING } from '../schema/conditions';
import { executeForRows } from '../schema/execute-for-rows';
import { isOneOf } from '../schema/is-one-of';
import type { Tx } from '../schema/outbox-schema';
import { WAITS_FOR_USER } from './fate-columns';
import type { Wait } from './fate-columns';
import type { Stranger } from './find-strangers';
import { COUNT_IN_LANE, COUNT_OF_LANE } from './lanes';
import { lockLanes } from './lock-lanes';

interface Call {
  readonly destination: string;
  readonly now: number;
}

/** Lets lanes wait for their users; not those that another process holds, nor where what creates the user has come meanwhile. */
export async function parkStrangers(tx: CountedTx, call: Call, strangers: readonly Stranger[]): Promise<void> {
  if (strangers.length === 0) return;
  // All at once: who locks them one by one, and in another order than the intake, may wait for it in a circle.
  const locked = await lockLanes(
    tx,
    call,
    strangers.map(({ lane }) => lane.lane),
  );
  const free = new Set(locked.filter(({ creates_user }) => creates_user === 0).map(({ lane }) => lane));
  const parked = strangers.filter(({ lane }) => free.has(lane.lane));
  const rows = parked.map(({ lane, lookUps, lookUpAt }) => [lookUpAt, lookUps, call.destination, lane.lane]);
  await executeForRows(tx, PARK, rows);
  await beginWaiting(
    tx,
    call,
    parked.flatMap(({ lane }) => (lane.backfilled === 1 ? [lane.lane] : [])),
  );
  await letAllWaitForUser(
    tx,
    call.destination,
    parked.map(({ lane }) => lane.lane),
  );
}

const PARK = {
  one: `UPDATE lanes SET parked = 1, due_at = ?, attempts = ?, parked_events = ${COUNT_IN_LANE}
    WHERE destination = ? AND lane = ?`,
  all: `UPDATE lanes SET parked = 1, due_at = new.due_at, attempts = new.attempts, parked_events = ${COUNT_IN_LANE}
    FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) AS new (due_at, attempts, destination, lane)
    WHERE lanes.destination = new.destination AND lanes.lane = new.lane`,
};

/** What is backfilled may have waited for weeks: for its user it waits from now on. */
async function beginWaiting(tx: Tx, { destination, now }: Call, lanes: readonly string[]): Promise<void> {
  if (lanes.length === 0) return;
  await tx
    .updateTable('events')
    .set({ queued_at: now })
    .where('destination', '=', destination)
    .where(isOneOf(tx, 'lane', lanes))
    .where(IS_PENDING)
    .where('backfilled', '=', 1)
    .where('attempts', '=', 0)
    .execute();
  await tx
    .updateTable('lanes')
    .set({ queued_at: OLDEST_IN_LANE })
    .where('destination', '=', destination)
    .where(isOneOf(tx, 'lane', lanes))
    .execute();
}

const OLDEST_IN_LANE = sql<number>`(
  SELECT MIN(events.queued_at) FROM events
  WHERE events.destination = lanes.destination AND events.lane = lanes.lane AND events.state = 'pending'
)`;

/** Counts what waits in lanes that have been parked, there and in all. */
export async function countAsParked(tx: CountedTx, destination: string, lanes: readonly string[]): Promise<void> {
  if (lanes.length === 0) return;
  await tx
    .updateTable('lanes')
    .set({ parked_events: COUNT_OF_LANE })
    .where('destination', '=', destination)
    .where(isOneOf(tx, 'lane', lanes))
    .execute();
  await letAllWaitForUser(tx, destination, lanes);
}

/** The same of every event in these lanes that waits for its turn. */
async function letAllWaitForUser(tx: CountedTx, destination: string, lanes: readonly string[]): Promise<void> {
  if (lanes.length === 0) return;
  const rows = await tx
    .updateTable('events')
    .set(WAITS_FOR_USER)
    .where('destination', '=', destination)
    .where(isOneOf(tx, 'lane', lanes))
    .where(IS_PENDING)
    .where('reason', 'is', null)
    .returning('type')
    .execute();
  tx.tally.countWaiting(
    rows.map(({ type }) => ({ destination, type })),
    FOR_TURN,
    FOR_USER,
  );
}

/** Lets events wait for their user that wait for their turn, or the other way round. */
export async function letWait(tx: CountedTx, events: readonly Counted[], wait: Wait): Promise<void> {
  if (events.length === 0) return;
  const ids = events.map(({ id }) => id);
  await tx
    .updateTable('events')
    .set(wait)
    .where(isOneOf(tx, 'id', ids))
    .execute();
  const [from, to] = wait.reason === null ? [FOR_USER, FOR_TURN] : [FOR_TURN, FOR_USER];
  tx.tally.countWaiting(events, from, to);
}

interface Counted {
  readonly id: number;
  readonly destination: string;
  readonly type: string;
}

const FOR_TURN: Kind = { state: 'pending', reason: null };
const FOR_USER: Kind = { state: 'pending', reason: PARKED };
