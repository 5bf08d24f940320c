import type { Selectable } from 'kysely';
import { isOneOf } from '../schema/is-one-of';
import type { LaneColumns, Tx } from '../schema/outbox-schema';

/** A user's queue at a destination. */
export type LaneName = Pick<LaneColumns, 'destination' | 'lane'>;

/** How a lane is that is there. */
export type LaneState = Pick<Selectable<LaneColumns>, 'parked' | 'oldest_event' | 'backfilled' | 'bulk'>;

/** Those of the lanes that are there, by `keyOfLane`. Where others write, too, they may be otherwise by now. */
export async function findLanesOf(tx: Tx, lanes: readonly LaneName[]): Promise<ReadonlyMap<string, LaneState>> {
  const states = new Map<string, LaneState>();
  for (const destination of new Set(lanes.map((lane) => lane.destination))) {
    const names = lanes.filter((lane) => lane.destination === destination).map(({ lane }) => lane);
    const rows = await tx
      .selectFrom('lanes')
      .select(['lane', 'parked', 'oldest_event', 'backfilled', 'bulk'])
      .where('destination', '=', destination)
      .where(isOneOf(tx, 'lane', names))
      .execute();
    for (const row of rows) states.set(keyOfLane(destination, row.lane), row);
  }
  return states;
}

export function keyOfLane(destination: string, lane: string): string {
  return `${destination} ${lane}`;
}
