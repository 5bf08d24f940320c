import { isProbeDue, putOffProbe } from '../pauses';
import type { LeaseCall, Leased, LeasedLane, PendingEvent, Reserved, Turn } from '../port/turn';
import type { CountedTx } from '../counting/counted-write';
import { IS_PENDING } from '../schema/conditions';
import type { Tx } from '../schema/outbox-schema';
import { chooseLanes } from './choose-lanes';
import { dropOvertaken } from './drop-overtaken';
import { findLeading } from './find-leading';
import { findNextDue } from './find-lanes';
import type { Lane } from './find-lanes';

// Two full requests: bounds the memory that a lane of a very long queue takes.
const EVENTS_PER_TURN = 1_000;

/** Leases what goes out next; `reserve` takes a place in the budget. */
export async function leaseTurn(tx: CountedTx, call: LeaseCall, reserve: () => Promise<Reserved>): Promise<Leased> {
  const lanes = await chooseLanes(tx, call);
  if (lanes === 'put aside') return { kind: 'again' };
  if (lanes.length === 0) return { kind: 'idle', until: await findNextDue(tx, call) };
  if (call.probe && !(await isProbeDue(tx, call.destination, call.probe))) return { kind: 'probed' };
  const isPurge = lanes.some(({ last_delete }) => last_delete !== null);
  const dropped = isPurge ? await dropOvertaken(tx, call, lanes) : [];
  if (dropped.length > 0) return { kind: 'dropped', dropped };
  const events = await loadEvents(tx, call, lanes);
  // As late as can be: all that share the budget wait from here on.
  const reserved = await reserve();
  if (reserved.kind === 'wait') return reserved;
  if (call.probe) await putOffProbe(tx, call.destination, call.probe);
  await lease(tx, call, lanes);
  const turn: Turn = {
    id: reserved.id,
    destination: call.destination,
    lanes: lanes.map(toLeasedLane),
    events,
    usableUntil: reserved.usableUntil,
    isPurge,
  };
  return { kind: 'turn', turn };
}

function toLeasedLane({ lane, attempts, parked, last_delete }: Lane): LeasedLane {
  return { lane, attempts, isParked: parked === 1, lastDelete: last_delete };
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
    if (!isPurge && found.length === EVENTS_PER_TURN)
      found.push(...(await findLeading(tx, lanes, found.at(-1)?.id ?? 0)));
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
