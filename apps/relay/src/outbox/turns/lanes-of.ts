import type { Selectable } from 'kysely';
import { isOneOf } from '../schema/is-one-of';
import { keptQuery } from '../schema/kept-query';
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
    for (const row of await select(tx, { destination, names })) states.set(keyOfLane(destination, row.lane), row);
  }
  return states;
}

interface Named {
  readonly destination: string;
  readonly names: readonly string[];
}

const select = keptQuery((db, { destination, names }: Named) =>
  db
    .selectFrom('lanes')
    .select(['lane', 'parked', 'oldest_event', 'backfilled', 'bulk'])
    .where('destination', '=', destination)
    .where(isOneOf(db, 'lane', names)),
);

export function keyOfLane(destination: string, lane: string): string {
  return `${destination} ${lane}`;
}
