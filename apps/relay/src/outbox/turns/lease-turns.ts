import { isProbeDue, putOffProbe } from '../pauses';
import type { EventInFlight, LeaseCall, Leased, LeasedLane, Reserved, Turn } from '../port/turn';
import type { CountedTx } from '../counting/counted-write';
import { loadMemories } from '../memory/load-memories';
import type { RememberedUser } from '../memory/load-memories';
import { executeForRows } from '../schema/execute-for-rows';
import type { Tx } from '../schema/outbox-schema';
import { chooseTurns } from './choose-turns';
import { readDoubt } from './doubts';
import { dropOvertaken } from './drop-overtaken';
import { findNextDue } from './find-lanes';
import type { Lane } from './find-lanes';
import { loadTurns } from './load-turns';

/** What a lease takes of the budget. */
export interface LeaseBudget {
  /** How many places there are now, as it seems: nobody waits for who only looks. */
  countPlaces(most: number): Promise<number>;
  /** Takes as many of these as there are. */
  reserve(most: number): Promise<Reserved>;
}

/** Leases what goes out next. */
export async function leaseTurns(tx: CountedTx, call: LeaseCall, budget: LeaseBudget): Promise<Leased> {
  // What has no place now is not looked for.
  const most = call.most === 1 ? 1 : Math.max(1, await budget.countPlaces(call.most));
  const chosen = await chooseTurns(tx, { ...call, most });
  if (chosen === 'put aside') return { kind: 'again' };
  if (chosen.length === 0) return { kind: 'idle', until: await findNextDue(tx, call) };
  if (call.probe && !(await isProbeDue(tx, call.destination, call.probe))) return { kind: 'probed' };
  const deleting = chosen.flat().filter(({ last_delete }) => last_delete !== null);
  const dropped = deleting.length > 0 ? await dropOvertaken(tx, call, deleting) : [];
  if (dropped.length > 0) return { kind: 'dropped', dropped };
  const loaded = await loadTurns(tx, call, chosen);
  const users = loaded.flatMap(({ lanes }) => lanes.map(({ lane }) => lane));
  const memories = await loadMemories(tx, call.environment, users);
  // As late as can be: all that share the budget wait from here on.
  const reserved = await budget.reserve(loaded.length);
  if (reserved.kind === 'wait') return reserved;
  if (call.probe) await putOffProbe(tx, call.destination, call.probe);
  const turns = loaded.slice(0, reserved.ids.length).map(({ lanes, events }, index): Turn => {
    return {
      id: reserved.ids[index] ?? 0,
      destination: call.destination,
      lanes: lanes.map((lane) => toLeasedLane(lane, { events, memories })),
      events,
      usableUntil: reserved.usableUntil,
      isPurge: lanes.some(({ last_delete }) => last_delete !== null),
    };
  });
  await lease(tx, call, turns);
  return { kind: 'turns', turns };
}

function toLeasedLane(
  row: Lane,
  call: { readonly events: readonly EventInFlight[]; readonly memories: ReadonlyMap<string, RememberedUser> },
): LeasedLane {
  const { lane, attempts, parked, last_delete } = row;
  const { isKnown = false, memory = null, tracked = null } = call.memories.get(lane) ?? {};
  const doubt = readDoubt(row, call.events);
  return { lane, attempts, isParked: parked === 1, isKnown, memory, tracked, lastDelete: last_delete, doubt };
}

async function lease(tx: Tx, { destination }: LeaseCall, turns: readonly Turn[]): Promise<void> {
  const rows = turns.flatMap(({ lanes, events }) =>
    lanes.map(({ lane, doubt }) => {
      const own = events.filter((event) => event.lane === lane);
      return [own.at(-1)?.id ?? null, own.length, doubt?.upTo ?? null, destination, lane];
    }),
  );
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
