import type { Tx } from '../schema/outbox-schema';
import { refreshLane } from './lanes';

/** Brings the lanes of events up to date that wait there no more. */
export async function refreshLanes(
  tx: Tx,
  destination: string,
  events: readonly { readonly lane: string | null }[],
): Promise<void> {
  for (const lane of new Set(events.flatMap((event) => event.lane ?? []))) await refreshLane(tx, destination, lane);
}
