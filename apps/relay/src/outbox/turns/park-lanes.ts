import type { CountedTx } from '../counting/counted-write';
import { PARKED } from '../counting/tally';
import type { Change } from '../counting/tally';
import { IS_PENDING } from '../schema/conditions';
import { executeForRows } from '../schema/execute-for-rows';
import { isOneOf } from '../schema/is-one-of';
import type { Stranger } from './find-strangers';
import { COUNT_OF_LANE } from './lanes';
import { lockLanes } from './lock-lanes';

interface Call {
  readonly destination: string;
  readonly now: number;
}

/** What waits for a user whom UserLeap does not know is told by its reason from all else that waits. */
const WAITS_FOR_USER = { reason: PARKED, message: 'waits for its user to become known, or to be looked up' } as const;

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
  await countAsParked(
    tx,
    call,
    parked.map(({ lane }) => lane.lane),
  );
}

const PARK = {
  one: 'UPDATE lanes SET parked = 1, due_at = ?, attempts = ? WHERE destination = ? AND lane = ?',
  all: `UPDATE lanes SET parked = 1, due_at = new.due_at, attempts = new.attempts
    FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) AS new (due_at, attempts, destination, lane)
    WHERE lanes.destination = new.destination AND lanes.lane = new.lane`,
};

/** Counts what waits in lanes that have been parked, there and in all. */
export async function countAsParked(tx: CountedTx, call: Call, lanes: readonly string[]): Promise<void> {
  if (lanes.length === 0) return;
  const { destination, now } = call;
  await tx
    .updateTable('lanes')
    .set({ parked_events: COUNT_OF_LANE })
    .where('destination', '=', destination)
    .where(isOneOf(tx, 'lane', lanes))
    .execute();
  const rows = await tx
    .updateTable('events')
    .set(WAITS_FOR_USER)
    .where('destination', '=', destination)
    .where(isOneOf(tx, 'lane', lanes))
    .where(IS_PENDING)
    .where('reason', 'is', null)
    .returning('type')
    .execute();
  tx.tally.count(
    now,
    rows.map(({ type }) => changeOf({ destination, type })),
  );
}

/** Lets events wait for their users that have come to parked lanes. */
export async function letWaitForUser(
  tx: CountedTx,
  events: readonly { id: number; destination: string; type: string; queuedAt: number }[],
): Promise<void> {
  if (events.length === 0) return;
  const ids = events.map(({ id }) => id);
  await tx.updateTable('events').set(WAITS_FOR_USER).where('id', 'in', ids).execute();
  for (const event of events) tx.tally.count(event.queuedAt, [changeOf(event)]);
}

function changeOf({ destination, type }: { destination: string; type: string }): Change {
  const from = { state: 'pending', reason: null } as const;
  return { destination, type, from, to: { ...from, reason: PARKED } };
}
