import type { Waiting } from '../port/outbox.port';
import type { CountedTx } from '../counting/counted-write';
import { letWaitForUser } from './park-lanes';
import { upsertLanes } from './upsert-lanes';
import type { NewLaneRow } from './upsert-lanes';

/** An event that begins to wait. */
export interface Queued {
  readonly id: number;
  readonly destination: string;
  readonly type: string;
  readonly queuedAt: number;
  readonly fate: Waiting;
}

interface NewLane {
  readonly first: Queued;
  createsUser: boolean;
  lastDelete: number | null;
  events: number;
}

/**
 * Puts events, the oldest first, into their lanes, which are made where they are missing. What a parked lane waits for makes it
 * ready; else the events wait for their user, like the rest there.
 */
export async function queueInLanes(tx: CountedTx, queued: readonly Queued[]): Promise<void> {
  const lanes = new Map<string, NewLane>();
  for (const one of queued) {
    const key = keyOfLane(one.destination, one.fate.lane);
    const lane = lanes.get(key) ?? { first: one, createsUser: false, lastDelete: null, events: 0 };
    lane.events += 1;
    if (one.fate.createsUser) lane.createsUser = true;
    if (one.fate.deletesUser) lane.lastDelete = one.id;
    lanes.set(key, lane);
  }
  const rows = [...lanes.values()].map(({ first, createsUser, lastDelete, events }): NewLaneRow => {
    const wakes = createsUser || lastDelete !== null;
    const key = [first.destination, first.fate.lane, first.id, first.queuedAt] as const;
    return [...key, wakes ? 1 : 0, createsUser ? 1 : 0, lastDelete, events];
  });
  const parked = new Set((await upsertLanes(tx, rows)).map(({ destination, lane }) => keyOfLane(destination, lane)));
  await letWaitForUser(
    tx,
    queued.filter(({ destination, fate }) => parked.has(keyOfLane(destination, fate.lane))),
  );
}

function keyOfLane(destination: string, lane: string): string {
  return `${destination} ${lane}`;
}
