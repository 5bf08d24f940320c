import type { Plan } from '@segment-userleap/delivery';
import { isProbeDue, putOffProbe } from '../pauses';
import type { Priority } from '../port/event-record';
import type { EventInFlight, LeaseCall, Leased, LeasedLane, Reserved, Turn } from '../port/turn';
import type { CountedTx } from '../counting/counted-write';
import { loadMemories } from '../memory/load-memories';
import type { RememberedUser } from '../memory/load-memories';
import { executeForRows } from '../schema/execute-for-rows';
import type { Tx } from '../schema/outbox-schema';
import { chooseBulk, isBulkReady } from './choose-bulk';
import { chooseTurns } from './choose-turns';
import { findToldBefore, readDoubt } from './doubts';
import { dropOvertaken } from './drop-overtaken';
import { findNextDue, findReadySince } from './find-lanes';
import type { Lane } from './find-lanes';
import { groupByLane } from './group-by-lane';
import { loadTurns } from './load-turns';
import type { LoadedTurn } from './load-turns';

/** What a lease takes of the budget. */
export interface LeaseBudget {
  /** How many places there are now, as it seems: nobody waits for who only looks. */
  countPlaces(most: number): Promise<Readonly<Record<Priority, Plan>>>;
  /** Takes as many of these as there are. */
  reserve(most: number, priority: Priority): Promise<Reserved>;
}

/** Leases what goes out next. */
export async function leaseTurns(tx: CountedTx, call: LeaseCall, budget: LeaseBudget): Promise<Leased> {
  // What has no place now is not looked for.
  const places = await budget.countPlaces(call.most);
  if (call.bulk?.isBusy && !call.probe) {
    if (await isBulkReady(tx, call, call.bulk)) return { kind: 'idle', until: undefined };
  } else if (call.bulk && !call.probe && places.live.count > 0) {
    const bulk = await chooseBulk(tx, call, call.bulk);
    if (bulk) return leaseLoaded(tx, call, budget, { loaded: [bulk], priority: 'live', isBulk: true });
  }
  if (call.bulk?.isAll) return { kind: 'idle', until: undefined };
  const mostBackfilled = Math.min(call.mostBackfilled, places.backfill.count);
  const most = Math.max(1, places.live.count);
  const chosen = await chooseTurns(tx, { ...call, most, mostBackfilled });
  if (chosen === 'put aside') return { kind: 'again' };
  const { turns, isRest } = chosen;
  if (turns.length === 0) return idle(tx, call, chosen.hasBackfilled ? places.backfill : undefined);
  if (call.probe && !(await isProbeDue(tx, call.destination, call.probe))) return { kind: 'probed' };
  const deleting = turns.flat().filter(({ last_delete }) => last_delete !== null);
  const dropped = deleting.length > 0 ? await dropOvertaken(tx, call, deleting) : [];
  if (dropped.length > 0) return { kind: 'dropped', dropped };
  const loaded = await loadTurns(tx, call, turns);
  return leaseLoaded(tx, call, budget, { loaded, priority: isRest ? 'backfill' : 'live' });
}

/** Turns that are to go out, and which places they get. */
interface Loaded {
  readonly loaded: readonly LoadedTurn[];
  readonly priority: Priority;
  readonly isBulk?: true;
}

async function leaseLoaded(
  tx: CountedTx,
  call: LeaseCall,
  budget: LeaseBudget,
  { loaded, priority, isBulk }: Loaded,
): Promise<Leased> {
  const lanes = loaded.flatMap((one) => one.lanes);
  const memories = await loadMemories(
    tx,
    call.environment,
    lanes.map(({ lane }) => lane),
  );
  const toldBefore = await findToldBefore(
    tx,
    lanes,
    loaded.flatMap(({ events }) => events),
  );
  // As late as can be: all that share the budget wait from here on.
  const reserved = await budget.reserve(loaded.length, priority);
  if (reserved.kind === 'wait') return { ...reserved, ...(priority === 'backfill' ? { isForBackfill: true } : {}) };
  if (call.probe) await putOffProbe(tx, call.destination, call.probe);
  const turns = loaded.slice(0, reserved.ids.length).map(({ lanes, events }, index): Turn => {
    const own = groupByLane(events);
    return {
      id: reserved.ids[index] ?? 0,
      destination: call.destination,
      lanes: lanes.map((lane) => toLeasedLane(lane, { events: own.get(lane.lane) ?? [], memories, toldBefore })),
      events,
      usableUntil: reserved.usableUntil,
      isPurge: lanes.some(({ last_delete }) => last_delete !== null),
      isBackfilled: lanes.every(({ backfilled }) => backfilled === 1),
      ...(isBulk ? { isBulk } : {}),
    };
  });
  await lease(tx, call, turns);
  return { kind: 'turns', turns };
}

/** Nothing may go. Where only the budget is in the way of what is backfilled, what is live need not wait for it. */
async function idle(tx: Tx, call: LeaseCall, backfill: Plan | undefined): Promise<Leased> {
  const isWaiting = backfill?.count === 0 && (await findReadySince(tx, call, 'backfill')) !== undefined;
  if (isWaiting) return { kind: 'wait', until: backfill.nextAt, isForBackfill: true };
  return { kind: 'idle', until: await findNextDue(tx, call, backfill !== undefined) };
}

function toLeasedLane(
  row: Lane,
  call: {
    readonly events: readonly EventInFlight[];
    readonly memories: ReadonlyMap<string, RememberedUser>;
    readonly toldBefore: ReadonlySet<number>;
  },
): LeasedLane {
  const { lane, attempts, parked, last_delete, backfilled } = row;
  const { isKnown = false, memory = null, tracked = null } = call.memories.get(lane) ?? {};
  const inDoubt = readDoubt(row, call.events);
  const doubt = inDoubt && {
    ...inDoubt,
    toldBefore: call.events.flatMap(({ id }) => (call.toldBefore.has(id) ? [id] : [])),
  };
  const flags = { isParked: parked === 1, isBackfilled: backfilled === 1, isKnown };
  return { lane, attempts, ...flags, memory, tracked, lastDelete: last_delete, doubt };
}

async function lease(tx: Tx, { destination }: LeaseCall, turns: readonly Turn[]): Promise<void> {
  const rows = turns.flatMap(({ lanes, events }) => {
    const byLane = groupByLane(events);
    return lanes.map(({ lane, doubt }) => {
      // What goes along with what is in doubt is not told with it.
      const own = (byLane.get(lane) ?? []).filter(({ id }) => id <= (doubt?.upTo ?? Infinity));
      return [own.at(-1)?.id ?? null, own.length, doubt?.upTo ?? null, destination, lane];
    });
  });
  await executeForRows(tx, LEASE, rows);
}

const LEASE = {
  one: `UPDATE lanes SET leased = 1, woken = 0, leased_up_to = ?, leased_events = ?, in_doubt_up_to = ?
    WHERE destination = ? AND lane = ?`,
  all: `UPDATE lanes SET leased = 1, woken = 0,
      leased_up_to = new.leased_up_to, leased_events = new.leased_events, in_doubt_up_to = new.in_doubt_up_to
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])
      AS new (leased_up_to, leased_events, in_doubt_up_to, destination, lane)
    WHERE lanes.destination = new.destination AND lanes.lane = new.lane`,
};
