import type { CountedTx } from '../counting/counted-write';
import { refreshLane } from './lanes';
import { countAsParked } from './park-lanes';

/** Brings the lanes of events up to date that wait there no more. */
export async function refreshLanes(
  tx: CountedTx,
  { destination, now }: { readonly destination: string; readonly now: number },
  events: readonly { readonly lane: string | null }[],
): Promise<void> {
  const left: string[] = [];
  for (const lane of new Set(events.flatMap((event) => event.lane ?? []))) {
    if ((await refreshLane(tx, destination, lane)) !== undefined) left.push(lane);
  }
  if (left.length === 0) return;
  const parked = await tx
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where('lane', 'in', left)
    .where('parked', '=', 1)
    .execute();
  await countAsParked(
    tx,
    { destination, now },
    parked.map(({ lane }) => lane),
  );
}
