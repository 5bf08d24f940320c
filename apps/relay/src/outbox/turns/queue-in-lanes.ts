import type { Waiting } from '../port/outbox.port';
import type { CountedTx } from '../counting/counted-write';
import { WAITS_FOR_TURN, WAITS_FOR_USER } from './fate-columns';
import { findLanesOf, keyOfLane } from './lanes-of';
import type { LaneState } from './lanes-of';
import { letWait } from './park-lanes';
import { upsertLanes } from './upsert-lanes';
import type { NewLaneRow } from './upsert-lanes';

/** An event that begins to wait. */
export interface Queued {
  readonly id: number;
  readonly destination: string;
  readonly type: string;
  readonly queuedAt: number;
  readonly fate: Waiting;
  /** It is kept as one that waits for its user. */
  readonly isParked?: boolean;
  readonly isBackfilled: boolean;
}

interface NewLane {
  /** The oldest; where any is live, the oldest of these. */
  first: Queued;
  mayBulk: boolean;
  createsUser: boolean;
  lastDelete: number | null;
  events: number;
}

/**
 * Puts events, the oldest first, into their lanes, which are made where they are missing. What a parked lane waits for makes it
 * ready; else the events wait for their user, like the rest there. `found`: the lanes as they are, where that is known.
 */
export async function queueInLanes(
  tx: CountedTx,
  queued: readonly Queued[],
  found?: ReadonlyMap<string, LaneState>,
): Promise<void> {
  const lanes = new Map<string, NewLane>();
  for (const one of queued) {
    const key = keyOfLane(one.destination, one.fate.lane);
    const lane = lanes.get(key) ?? { first: one, mayBulk: true, createsUser: false, lastDelete: null, events: 0 };
    if (lane.first.isBackfilled && !one.isBackfilled) lane.first = one;
    lane.events += 1;
    if (!one.fate.mayBulk) lane.mayBulk = false;
    if (one.fate.createsUser) lane.createsUser = true;
    if (one.fate.deletesUser) lane.lastDelete = one.id;
    lanes.set(key, lane);
  }
  const rows = [...lanes.values()].map(({ first, mayBulk, createsUser, lastDelete, events }): NewLaneRow => {
    const wakes = createsUser || lastDelete !== null;
    const key = [first.destination, first.fate.lane, first.id, first.queuedAt] as const;
    const flags = [first.isBackfilled ? 1 : 0, mayBulk ? 1 : 0] as const;
    return [...key, wakes ? 1 : 0, createsUser ? 1 : 0, lastDelete, events, ...flags];
  });
  const names = queued.map(({ destination, fate }) => ({ destination, lane: fate.lane }));
  const upserted = await upsertLanes(tx, rows, found ?? (await findLanesOf(tx, names)));
  const parked = new Set(upserted.map(({ destination, lane }) => keyOfLane(destination, lane)));
  await waitAsLanesDo(tx, queued, ({ destination, fate }) => parked.has(keyOfLane(destination, fate.lane)));
}

/** Few are kept otherwise than their lanes wait: those of lanes that were parked or woken just now. */
async function waitAsLanesDo(
  tx: CountedTx,
  queued: readonly Queued[],
  isLaneParked: (one: Queued) => boolean,
): Promise<void> {
  const others = queued.filter((one) => isLaneParked(one) !== (one.isParked ?? false));
  await letWait(tx, others.filter(isLaneParked), WAITS_FOR_USER);
  await letWait(
    tx,
    others.filter((one) => !isLaneParked(one)),
    WAITS_FOR_TURN,
  );
}
