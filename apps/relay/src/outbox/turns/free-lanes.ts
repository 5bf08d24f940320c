import type { CountedTx } from '../counting/counted-write';
import { rememberUnknown } from '../memory/remember-known';
import { executeForRows } from '../schema/execute-for-rows';
import { isOneOf } from '../schema/is-one-of';
import { keptQuery } from '../schema/kept-query';
import type { Flag, Tx } from '../schema/outbox-schema';
import type { NextAttempt, Settlement } from '../port/turn';
import { goApart } from './choose-bulk';
import { LOOKED_AT, RANK } from './lanes';
import { countAsParked } from './park-lanes';

/** A lane whose turn has ended. */
interface EndedLane {
  readonly lane: string;
  readonly next: NextAttempt | undefined;
  readonly settlement: Settlement;
}

interface First {
  readonly lane: string;
  readonly id: number;
  readonly queued_at: number;
  /** Null: nobody has looked at all of it, and what was seen is backfilled. */
  readonly backfilled: Flag | null;
}

/** Frees the lanes of turns that have ended, for the next attempt; those in which nothing waits any more are gone. */
export async function freeLanes(tx: CountedTx, usersKey: string, settlements: readonly Settlement[]): Promise<void> {
  const destination = settlements[0]?.turn.destination ?? '';
  const ended = settlements.flatMap((settlement) =>
    settlement.turn.lanes.map(({ lane }): EndedLane => ({ lane, next: settlement.next.get(lane), settlement })),
  );
  const found = await executeForRows<First>(
    tx,
    FIND_FIRST,
    ended.map(({ lane }) => [destination, lane]),
  );
  const first = new Map(found.map((row) => [row.lane, row]));
  await removeLanes(
    tx,
    destination,
    ended.filter(({ lane }) => !first.has(lane)),
  );
  const parked = await prepareLanes(tx, destination, ended, first);
  await countAsParked(
    tx,
    destination,
    parked.map(({ lane }) => lane),
  );
  await rememberUnknown(
    tx,
    usersKey,
    parked.map(({ lane, next, settlement }) => {
      const { attempts = 0, dueAt = null } = next ?? {};
      return { userId: lane, at: settlement.now, lookUps: attempts, lookUpAt: dueAt };
    }),
  );
  await goApart(
    tx,
    destination,
    settlements.flatMap(({ apart = [] }) => apart),
  );
}

// What was replayed lately stands before what has waited for longer.
const FIRST = `SELECT lane, ${RANK.id} AS id, ${RANK.queued_at} AS queued_at, ${RANK.backfilled} AS backfilled FROM (
  SELECT lane, id, queued_at, attempts, backfilled FROM events WHERE events.destination =`;
const OF_LANE = `AND state = 'pending' ORDER BY id LIMIT ${LOOKED_AT}) AS waiting GROUP BY lane`;
const FIND_FIRST = {
  one: `${FIRST} ? AND events.lane = ? ${OF_LANE}`,
  all: `SELECT first.* FROM unnest($1::text[], $2::text[]) AS ended (destination, lane)
    CROSS JOIN LATERAL (${FIRST} ended.destination AND events.lane = ended.lane ${OF_LANE}) AS first`,
};

async function removeLanes(tx: Tx, destination: string, lanes: readonly EndedLane[]): Promise<void> {
  if (lanes.length === 0) return;
  await deleteLanes(tx, { destination, names: lanes.map(({ lane }) => lane) });
}

interface Named {
  readonly destination: string;
  readonly names: readonly string[];
}

const deleteLanes = keptQuery((db, { destination, names }: Named) =>
  db
    .deleteFrom('lanes')
    .where('destination', '=', destination)
    .where(isOneOf(db, 'lane', names)),
);

// What a parked lane waits for came while it was in flight where it was woken.
const FREE = `UPDATE lanes SET
  leased = 0, queued_at = new.queued_at, backfilled = COALESCE(new.backfilled, lanes.backfilled),
  oldest_event = CASE WHEN new.backfilled IS NULL AND lanes.backfilled = 0 THEN lanes.oldest_event ELSE new.oldest_event END,
  last_delete = (
    SELECT id FROM events WHERE id = lanes.last_delete AND destination = lanes.destination AND state = 'pending'
  ),
  parked = CASE WHEN woken = 1 THEN 0 ELSE new.parks END,
  due_at = CASE WHEN woken = 1 AND new.parks = 1 THEN NULL ELSE new.due_at END,
  attempts = CASE WHEN woken = 1 AND new.parks = 1 THEN 0 ELSE new.attempts END`;
const OF_NEW = 'WHERE lanes.destination = new.destination AND lanes.lane = new.lane RETURNING lanes.lane, parked';
const PREPARE = {
  one: `${FREE} FROM (
    SELECT ? AS destination, ? AS lane, ? AS oldest_event, ? AS queued_at, ? AS parks, ? AS due_at, ? AS attempts,
      ? AS backfilled
  ) AS new ${OF_NEW}`,
  all: `${FREE} FROM unnest(
    $1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::smallint[]
  ) AS new (destination, lane, oldest_event, queued_at, parks, due_at, attempts, backfilled) ${OF_NEW}`,
};

/** Makes the lanes in which something waits ready for the next attempt. Returns those that are parked. */
async function prepareLanes(
  tx: Tx,
  destination: string,
  ended: readonly EndedLane[],
  first: ReadonlyMap<string, First>,
): Promise<readonly EndedLane[]> {
  const rows = ended.flatMap(({ lane, next }) => {
    const waiting = first.get(lane);
    if (!waiting) return [];
    const { dueAt = null, attempts = 0, parked = false } = next ?? {};
    const { id, queued_at, backfilled } = waiting;
    return [[destination, lane, id, queued_at, parked ? 1 : 0, dueAt, attempts, backfilled]];
  });
  const freed = await executeForRows<{ lane: string; parked: Flag }>(tx, PREPARE, rows);
  const parked = new Set(freed.filter((row) => row.parked === 1).map(({ lane }) => lane));
  return ended.filter(({ lane }) => parked.has(lane));
}
