import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Priority } from '../port/event-record';
import type { OvergrownLane } from '../port/steps';
import { IS_PENDING, IS_READY } from '../schema/conditions';
import { executeForRows } from '../schema/execute-for-rows';
import { keptQuery } from '../schema/kept-query';
import type { Db, Flag, LaneColumns, Tx } from '../schema/outbox-schema';

export type Lane = Selectable<LaneColumns>;

export const [LIVE, BACKFILLED] = [0, 1] as const;

interface Call {
  readonly destination: string;
  readonly now: number;
}

/** How many ready lanes are looked at together at least. */
export const LANES_LOOKED_AT = 20;
const DUE_LANES_LOOKED_AT = 100;
const LANES_PER_PURGE = 100;

// Written out, as it is a part of indexes.
export const HAS_DELETE = sql<boolean>`last_delete IS NOT NULL`;
export const HAS_NO_DELETE = sql<boolean>`last_delete IS NULL`;
const HAS_NO_TIME = sql<boolean>`due_at IS NULL`;
export const HAS_TIME = sql<boolean>`due_at IS NOT NULL`;

interface ReadyLanes {
  readonly destination: string;
  readonly backfilled: Flag;
  readonly after: number;
  readonly limit: number;
}

/** Some ready lanes without a Delete, live or backfilled, those with the oldest events first, behind those whose oldest event is `after`. */
export const findReady = keptQuery((db, { destination, backfilled, after, limit }: ReadyLanes) =>
  db
    .selectFrom('lanes')
    .selectAll()
    .where('destination', '=', destination)
    .where('backfilled', '=', backfilled)
    .where(IS_READY)
    .where(HAS_NO_DELETE)
    .where('oldest_event', '>', after)
    .orderBy('oldest_event')
    .limit(limit),
);

/** Some lanes whose back-off has ended, those with the oldest events first. */
export async function findDue(db: Db, call: Call, backfilled: Flag): Promise<readonly Lane[]> {
  const lanes = await dueLanes(db, { ...call, parked: 0, backfilled, limit: DUE_LANES_LOOKED_AT });
  return [...lanes].sort((one, other) => one.oldest_event - other.oldest_event);
}

/** Some lanes whose users are to be looked up by now, those first that have waited for it longest. */
export async function findAsking(db: Db, call: Call, backfilled: Flag): Promise<readonly Lane[]> {
  const lanes = await dueLanes(db, { ...call, parked: 1, backfilled, limit: LANES_LOOKED_AT });
  return [...lanes].sort(
    (one, other) => (one.due_at ?? 0) - (other.due_at ?? 0) || one.oldest_event - other.oldest_event,
  );
}

interface DueLanes extends Call {
  readonly parked: Flag;
  readonly backfilled: Flag;
  readonly limit: number;
}

const dueLanes = keptQuery((db, { destination, now, parked, backfilled, limit }: DueLanes) =>
  db
    .selectFrom('lanes')
    .selectAll()
    .where('destination', '=', destination)
    .where('parked', '=', parked)
    .where('backfilled', '=', backfilled)
    .where(HAS_TIME)
    .where(HAS_NO_DELETE)
    .where('due_at', '<=', now)
    .where('leased', '=', 0)
    .orderBy('due_at')
    .limit(limit),
);

/** The lanes in which a Delete may go now, oldest first; not those whose user an Alias in flight may bring back. */
export async function findDeleting(tx: Tx, call: Call): Promise<readonly Lane[]> {
  const lanes: Lane[] = [];
  for (const deleting of deletingLanes(tx, call)) {
    lanes.push(...(await notBroughtBack(deleting).limit(LANES_PER_PURGE).forUpdate().skipLocked().execute()));
  }
  return lanes.sort((one, other) => one.oldest_event - other.oldest_event).slice(0, LANES_PER_PURGE);
}

/** Whether there may be something to purge: asked before each lease, and so in one statement. */
export async function hasDeleting(db: Db, { destination, now }: Call): Promise<boolean> {
  return (await executeForRows(db, HAS_DELETING, [[destination, destination, now]])).length > 0;
}

const DELETING = 'SELECT 1 AS found FROM lanes WHERE last_delete IS NOT NULL AND leased = 0 AND destination =';
const HAS_DELETING = {
  one: `SELECT 1 AS found WHERE EXISTS (${DELETING} ? AND due_at IS NULL) OR EXISTS (${DELETING} ? AND due_at <= ?)`,
  all: `SELECT asked.* FROM unnest($1::text[], $2::text[], $3::bigint[]) AS asked (destination, same, now)
    WHERE EXISTS (${DELETING} asked.destination AND due_at IS NULL) OR EXISTS (${DELETING} asked.same AND due_at <= asked.now)`,
};

/** Those that are ready, and those whose back-off has ended: each has an index of its own. */
function deletingLanes(db: Db, { destination, now }: Call) {
  const deleting = db
    .selectFrom('lanes')
    .selectAll()
    .where('destination', '=', destination)
    .where(HAS_DELETE)
    .where('leased', '=', 0);
  return [
    deleting.where(HAS_NO_TIME).orderBy('oldest_event'),
    deleting.where(HAS_TIME).where('due_at', '<=', now).orderBy('due_at'),
  ];
}

function notBroughtBack(deleting: ReturnType<typeof deletingLanes>[number]) {
  return deleting.where(({ not, exists, selectFrom }) =>
    not(
      exists(
        selectFrom('events')
          .innerJoin('lanes as old', (join) =>
            join.onRef('old.destination', '=', 'events.destination').onRef('old.lane', '=', 'events.lane'),
          )
          .select('events.id')
          .whereRef('events.destination', '=', 'lanes.destination')
          .whereRef('events.other_user', '=', 'lanes.lane')
          .where(IS_PENDING)
          .where('old.leased', '=', 1),
      ),
    ),
  );
}

/** Whether there are any lanes that hold nothing but backfilled events. */
export async function findBackfilled(db: Db, { destination }: Pick<Call, 'destination'>): Promise<boolean> {
  return (await selectBackfilled(db, { destination })).length > 0;
}

const selectBackfilled = keptQuery((db, { destination }: Pick<Call, 'destination'>) =>
  db
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where('backfilled', '=', BACKFILLED)
    .limit(1),
);

/** When the next lane is due; undefined where none is going to be. */
export async function findNextDue(
  db: Db,
  { destination, now }: Call,
  hasBackfilled: boolean,
): Promise<number | undefined> {
  const later = db
    .selectFrom('lanes')
    .select('due_at')
    .where('destination', '=', destination)
    .where(HAS_TIME)
    .where('due_at', '>', now)
    .orderBy('due_at')
    .limit(1);
  const next = [await later.where(HAS_DELETE).executeTakeFirst()];
  for (const backfilled of hasBackfilled ? [LIVE, BACKFILLED] : [LIVE]) {
    const alike = later.where(HAS_NO_DELETE).where('backfilled', '=', backfilled);
    next.push(await alike.where('parked', '=', 0).executeTakeFirst());
    next.push(await alike.where('parked', '=', 1).executeTakeFirst());
  }
  const times = next.flatMap((row) => row?.due_at ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Since when the event waits that goes next, or next of a priority; undefined where none could be delivered now. */
export async function findReadySince(db: Db, call: Call, priority?: Priority): Promise<number | undefined> {
  const live = priority === 'backfill' ? undefined : await findSince(db, call, LIVE);
  return live ?? (priority === 'live' ? undefined : findSince(db, call, BACKFILLED));
}

async function findSince(db: Db, call: Call, backfilled: Flag): Promise<number | undefined> {
  const [ready] = await findReady(db, { ...call, backfilled, after: 0, limit: 1 });
  const [due] = await findDue(db, call, backfilled);
  const times = [ready, due].flatMap((lane) => lane?.queued_at ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Some parked lanes with more events than that. */
export async function findOvergrown(db: Db, destination: string, most: number): Promise<readonly OvergrownLane[]> {
  const rows = await db
    .selectFrom('lanes')
    .select(['lane', 'parked_events as events'])
    .where('destination', '=', destination)
    .where(sql<boolean>`parked = 1`)
    .where('parked_events', '>', most)
    .orderBy('parked_events', 'desc')
    .limit(LANES_LOOKED_AT)
    .execute();
  return rows;
}
