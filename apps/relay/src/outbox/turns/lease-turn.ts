import { isProbeDue, putOffProbe } from '../pauses';
import type { LeaseCall, Leased, LeasedLane, Reserved, Turn } from '../port/turn';
import type { CountedTx } from '../counting/counted-write';
import type { Tx } from '../schema/outbox-schema';
import { chooseLanes } from './choose-lanes';
import { dropOvertaken } from './drop-overtaken';
import { findNextDue } from './find-lanes';
import type { Lane } from './find-lanes';
import { loadEvents } from './load-events';

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
