import { sql } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import type { EndWaitingCall } from '../port/other-destination';
import type { EndedEvents } from '../port/turn';
import { endPending } from './end-pending';
import { findWaiting } from './find-waiting';
import { refreshLanes } from './refresh-lanes';

/** Makes dead letters of some of what waits at a destination, whatever its age, but not of what is in flight. Returns those. */
export async function endWaiting(tx: CountedTx, call: EndWaitingCall): Promise<readonly EndedEvents[]> {
  const { destination, sentence, limit } = call;
  const found = await findWaiting(tx, destination, undefined, limit)
    .where('lane', 'not in', (lanes) =>
      lanes.selectFrom('lanes').select('lane').where('destination', '=', destination).where('leased', '=', 1),
    )
    .execute();
  const ended = await endPending(tx, call, found, {
    state: 'rejected',
    set: {
      reason: sql<string>`COALESCE(reason, 'out_of_time')`,
      message: sql<string>`CAST(${sentence} AS TEXT) || COALESCE('; ' || message, '')`,
    },
    reasonAfter: (before) => before ?? 'out_of_time',
  });
  await refreshLanes(tx, destination, found);
  return ended;
}
