import type { Waiting } from '../port/outbox.port';
import type { Tx } from '../schema/outbox-schema';
import { upsertLanes } from './upsert-lanes';
import type { NewLaneRow } from './upsert-lanes';

/** An event that begins to wait. */
export interface Queued {
  readonly id: number;
  readonly destination: string;
  readonly queuedAt: number;
  readonly fate: Waiting;
}

interface NewLane {
  readonly first: Queued;
  createsUser: boolean;
  lastDelete: number | null;
}

/** Puts events, the oldest first, into their lanes, which are made where they are missing. What a parked lane waits for makes it ready. */
export async function queueInLanes(tx: Tx, queued: readonly Queued[]): Promise<void> {
  const lanes = new Map<string, NewLane>();
  for (const one of queued) {
    const key = `${one.destination} ${one.fate.lane}`;
    const lane = lanes.get(key) ?? { first: one, createsUser: false, lastDelete: null };
    if (one.fate.createsUser) lane.createsUser = true;
    if (one.fate.deletesUser) lane.lastDelete = one.id;
    lanes.set(key, lane);
  }
  const rows = [...lanes.values()].map(({ first, createsUser, lastDelete }): NewLaneRow => {
    const wakes = createsUser || lastDelete !== null;
    const key = [first.destination, first.fate.lane, first.id, first.queuedAt] as const;
    return [...key, wakes ? 1 : 0, createsUser ? 1 : 0, lastDelete];
  });
  await upsertLanes(tx, rows);
}
