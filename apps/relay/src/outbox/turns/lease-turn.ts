import type { Selectable } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { usersKeyOf } from '../environments';
import { dropOvertaken } from './drop-overtaken';
import { IS_PENDING, IS_READY } from '../schema/conditions';
import type { Db, LaneColumns, Tx } from '../schema/outbox-schema';
import { joinAliased } from './join-aliased';
import type { LeaseCall, Leased, LeasedLane, PendingEvent, Reserved, Turn } from '../port/turn';
import { isProbeDue, putOffProbe } from '../pauses';

// Two full requests: bounds the memory that a lane of a very long queue takes.
const EVENTS_PER_TURN = 1_000;
const LANES_PER_PURGE = 100;

type Lane = Selectable<LaneColumns>;

/**
 * Leases what goes out next; `reserve` takes a place in the budget. Lanes that another process holds are passed over; SQLite,
 * which has one writer, leaves `FOR UPDATE SKIP LOCKED` out of these queries (sqlite-dialect.ts).
 */
export async function leaseTurn(tx: CountedTx, call: LeaseCall, reserve: () => Promise<Reserved>): Promise<Leased> {
  await makeDueLanesReady(tx, call);
  const lanes = await findReadyLanes(tx, call);
  if (lanes.length === 0) return { kind: 'idle', until: await findNextDue(tx, call) };
  if (call.probe && !(await isProbeDue(tx, call.destination, call.probe))) return { kind: 'probed' };
  const isPurge = lanes.some(({ last_delete }) => last_delete !== null);
  const waiting = isPurge ? [] : await loadEvents(tx, call, lanes);
  // As late as can be: all that share the budget wait from here on.
  const reserved = await reserve();
  if (reserved.kind === 'wait') return reserved;
  if (call.probe) await putOffProbe(tx, call.destination, call.probe);
  const dropped = isPurge ? await dropOvertaken(tx, call, lanes) : [];
  await lease(tx, call, lanes);
  const turn: Turn = {
    id: reserved.id,
    destination: call.destination,
    lanes: lanes.map(toLeasedLane),
    events: isPurge ? await loadEvents(tx, call, lanes) : waiting,
    usableUntil: reserved.usableUntil,
    isPurge,
  };
  return { kind: 'turn', turn, dropped };
}

function toLeasedLane({ lane, attempts, parked, last_delete }: Lane): LeasedLane {
  return { lane, attempts, isParked: parked === 1, lastDelete: last_delete };
}

async function makeDueLanesReady(tx: Tx, { destination, now }: LeaseCall): Promise<void> {
  // One that is busy now is made ready the next time.
  const due = tx
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where('due_at', 'is not', null)
    .where('due_at', '<=', now)
    .forUpdate()
    .skipLocked();
  await tx
    .updateTable('lanes')
    .set({ due_at: null })
    .where('destination', '=', destination)
    .where('lane', 'in', due)
    .execute();
}

/** Whether there may be something to purge. */
export async function hasReadyDelete(db: Db, destination: string): Promise<boolean> {
  const lane = await db
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where('last_delete', 'is not', null)
    .where('leased', '=', 0)
    .limit(1)
    .executeTakeFirst();
  return lane !== undefined;
}

/**
 * Deletes go first: many share one request, and what was queued before them needs none. As a probe they go last: answers to a
 * purge are about purges, and where none is taken, all else would wait for ever.
 */
async function findReadyLanes(tx: Tx, call: LeaseCall): Promise<readonly Lane[]> {
  if (call.probe) {
    const others = await findOtherLanes(tx, call);
    if (others.length > 0) return others;
  }
  const deleting = call.mayPurge ? await findDeletingLanes(tx, call) : [];
  return deleting.length > 0 || call.probe ? deleting : findOtherLanes(tx, call);
}

/** The ready lane without a Delete whose oldest event is oldest, with those that Aliases bind it to. */
async function findOtherLanes(tx: Tx, call: LeaseCall): Promise<readonly Lane[]> {
  for (let after = 0; ;) {
    const lane = await tx
      .selectFrom('lanes')
      .selectAll()
      .where('destination', '=', call.destination)
      .where(IS_READY)
      .where('last_delete', 'is', null)
      .where('oldest_event', '>', after)
      .orderBy('oldest_event')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!lane) return [];
    const lanes = (await parkIfUnknown(tx, call, lane)) ? undefined : await joinAliased(tx, call, lane);
    if (lanes) return lanes;
    after = lane.oldest_event;
  }
}

/** Parks a new lane whose user was looked up in vain not long ago: what it holds waits for an Identify like the rest did. */
async function parkIfUnknown(tx: Tx, call: LeaseCall, lane: Lane): Promise<boolean> {
  const { destination, environment, now, graceMs } = call;
  if (lane.attempts > 0 || lane.creates_user === 1) return false;
  const user = await tx
    .selectFrom('environment_users')
    .select(['look_ups', 'look_up_at'])
    .where('environment', '=', usersKeyOf(environment))
    .where('user_id', '=', lane.lane)
    .where('known', '=', 0)
    .executeTakeFirst();
  if (!user || user.look_up_at === null || user.look_up_at <= now) return false;
  const due_at = Math.min(user.look_up_at, lane.queued_at + graceMs);
  if (due_at <= now) return false;
  await tx
    .updateTable('lanes')
    .set({ due_at, parked: 1, attempts: user.look_ups })
    .where('destination', '=', destination)
    .where('lane', '=', lane.lane)
    .execute();
  return true;
}

async function findNextDue(tx: Tx, { destination }: LeaseCall): Promise<number | undefined> {
  const row = await tx
    .selectFrom('lanes')
    .select('due_at')
    .where('destination', '=', destination)
    .where('due_at', 'is not', null)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return row?.due_at ?? undefined;
}

/** The ready lanes in which a Delete waits, oldest first; not those whose user an Alias in flight may bring back. */
function findDeletingLanes(tx: Tx, { destination }: LeaseCall): Promise<readonly Lane[]> {
  return tx
    .selectFrom('lanes')
    .selectAll()
    .where('destination', '=', destination)
    .where(IS_READY)
    .where('last_delete', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
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
    )
    .orderBy('oldest_event')
    .limit(LANES_PER_PURGE)
    .forUpdate()
    .skipLocked()
    .execute();
}

async function lease(tx: Tx, { destination }: LeaseCall, lanes: readonly Lane[]): Promise<void> {
  await tx
    .updateTable('lanes')
    .set({ leased: 1, woken: 0 })
    .where('destination', '=', destination)
    .where(
      'lane',
      'in',
      lanes.map(({ lane }) => lane),
    )
    .execute();
}

/** What waits in the lanes, as far as one turn can hold it, in order of arrival. */
async function loadEvents(
  tx: Tx,
  { destination }: LeaseCall,
  lanes: readonly Lane[],
): Promise<readonly PendingEvent[]> {
  const isPurge = lanes.some(({ last_delete }) => last_delete !== null);
  // Of many Deletes each has to find room; what Aliases bind goes out in the order in which it came.
  const groups = isPurge ? lanes.map(({ lane }) => [lane]) : [lanes.map(({ lane }) => lane)];
  const events: PendingEvent[] = [];
  for (const group of groups) {
    const found = await tx
      .selectFrom('events')
      .select(['id', 'lane', 'type', 'other_user', 'body', 'queued_at'])
      .where('destination', '=', destination)
      .where('lane', 'in', group)
      .where(IS_PENDING)
      .orderBy('id')
      .limit(Math.floor(EVENTS_PER_TURN / groups.length))
      .execute();
    // What an Alias binds to other lanes goes out with them, later.
    const rows =
      isPurge && found.some(({ other_user }) => other_user !== null)
        ? found.filter(({ type }) => type === 'delete')
        : found;
    for (const { id, lane, body, queued_at } of rows) {
      events.push({ id, lane: lane ?? '', body: JSON.parse(body) as unknown, queuedAt: queued_at });
    }
  }
  return events.sort((a, b) => a.id - b.id);
}
