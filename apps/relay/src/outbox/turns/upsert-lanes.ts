import { CompiledQuery } from 'kysely';
import { executeForRows } from '../schema/execute-for-rows';
import { isPostgres } from '../schema/is-postgres';
import type { Flag, Tx } from '../schema/outbox-schema';
import { keyOfLane } from './lanes-of';
import type { LaneName, LaneState } from './lanes-of';

/** What comes to a lane, as columns; `wakes` is that of `woken`: it is what a parked lane waits for. */
export type NewLaneRow = readonly [
  destination: string,
  lane: string,
  oldestEvent: number,
  queuedAt: number,
  wakes: Flag,
  createsUser: Flag,
  lastDelete: number | null,
  events: number,
  backfilled: Flag,
  bulk: Flag,
];

const INSERT = 'INSERT INTO lanes (destination, lane, oldest_event, queued_at, woken, creates_user, last_delete';
const THE_REST = 'parked_events, backfilled, bulk, due_at, attempts, parked, leased)';
const REST = 'NULL, 0, 0, 0';

// What changes nothing is not written: most events join a lane that is there. The last line need not ask for `creates_user`
// and `last_delete`: what has one of them wakes the lane, too (queue-in-lanes.ts). Where either `last_delete` is null,
// comparing them is no WHEN, and the one that there is stays.
const OR_UPDATE = `
  ON CONFLICT (destination, lane) DO UPDATE SET
    oldest_event = CASE
      WHEN excluded.backfilled > lanes.backfilled THEN lanes.oldest_event
      WHEN excluded.backfilled < lanes.backfilled OR excluded.oldest_event < lanes.oldest_event THEN excluded.oldest_event
      ELSE lanes.oldest_event END,
    queued_at = CASE WHEN excluded.backfilled < lanes.backfilled THEN excluded.queued_at ELSE lanes.queued_at END,
    last_delete = CASE WHEN excluded.last_delete < lanes.last_delete THEN lanes.last_delete
      ELSE COALESCE(excluded.last_delete, lanes.last_delete) END,
    creates_user = CASE WHEN excluded.creates_user = 1 THEN 1 ELSE lanes.creates_user END,
    woken = CASE WHEN excluded.woken = 1 THEN 1 ELSE lanes.woken END,
    due_at = CASE WHEN excluded.woken = 1 AND lanes.parked = 1 THEN NULL ELSE lanes.due_at END,
    attempts = CASE WHEN excluded.woken = 1 AND lanes.parked = 1 THEN 0 ELSE lanes.attempts END,
    parked = CASE WHEN excluded.woken = 1 THEN 0 ELSE lanes.parked END,
    parked_events = lanes.parked_events + excluded.parked_events,
    backfilled = CASE WHEN excluded.backfilled = 0 THEN 0 ELSE lanes.backfilled END,
    bulk = CASE WHEN excluded.bulk = 0 THEN 0 ELSE lanes.bulk END
  WHERE excluded.woken = 1 OR lanes.parked = 1 OR excluded.oldest_event < lanes.oldest_event
    OR excluded.backfilled < lanes.backfilled OR excluded.bulk < lanes.bulk`;

// Prepared once, and without RETURNING, like the insert of events.
const ONE = `${INSERT}, ${THE_REST} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${REST}) ${OR_UPDATE}`;

// A lane that is there stays locked until the transaction ends, also where nothing changes: nobody ends it meanwhile.
// In one order: two that lock the same lanes never wait for each other.
const ALL = `${INSERT}, ${THE_REST}
  SELECT destination, lane, oldest_event, queued_at, woken, creates_user, last_delete, events, backfilled, bulk, ${REST}
  FROM unnest(
    $1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::smallint[], $6::smallint[], $7::bigint[], $8::bigint[],
    $9::smallint[], $10::smallint[]
  ) AS new (destination, lane, oldest_event, queued_at, woken, creates_user, last_delete, events, backfilled, bulk)
  ORDER BY destination, lane ${OR_UPDATE}
  RETURNING destination, lane, parked`;

const UPSERT = { one: ONE, all: ALL };

type Row = LaneName & { readonly parked: Flag };

// SQLite: an upsert that may change any column writes every index of a lane, also where nothing in it changes.
const GROW = 'UPDATE lanes SET parked_events = parked_events + ? WHERE destination = ? AND lane = ?';

/**
 * Makes lanes that are missing, and brings those that are there up to date with what came to them. Returns those that are
 * parked, and stay so.
 */
export async function upsertLanes(
  tx: Tx,
  rows: readonly NewLaneRow[],
  found: ReadonlyMap<string, LaneState>,
): Promise<readonly LaneName[]> {
  if (isPostgres(tx)) return (await executeForRows<Row>(tx, UPSERT, rows)).filter(({ parked }) => parked === 1);
  // Nobody else writes: they are as they were found.
  const changed: NewLaneRow[] = [];
  const grown: NewLaneRow[] = [];
  const parked: LaneName[] = [];
  for (const row of rows) {
    const [destination, lane, oldestEvent, , wakes, , , , backfilled, bulk] = row;
    const state = found.get(keyOfLane(destination, lane));
    const isOlder = state && (oldestEvent < state.oldest_event || backfilled < state.backfilled || bulk < state.bulk);
    const staysParked = wakes === 0 && state?.parked === 1;
    if (staysParked) parked.push({ destination, lane });
    if (!state || wakes === 1 || isOlder) changed.push(row);
    else if (staysParked) grown.push(row);
  }
  await executeForRows(tx, UPSERT, changed);
  const growth = grown.map(([destination, lane, , , , , , events]) => [events, destination, lane]);
  await tx.executeQuery(CompiledQuery.raw(GROW, [growth]));
  return parked;
}
