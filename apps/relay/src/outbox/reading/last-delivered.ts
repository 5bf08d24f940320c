import type { Db } from '../schema/outbox-schema';
import { IS_SETTLED } from '../schema/conditions';

// Of the latest that came; what came earlier and was delivered later is as good as never the last.
const LOOKED_AT = 100;

/** When something of the user was delivered last, an Alias to it included; undefined where nothing is kept. */
export async function lastDelivered(db: Db, destination: string, userId: string): Promise<number | undefined> {
  const own = db
    .selectFrom('events')
    .select(['settled_at', 'state'])
    .where('destination', '=', destination)
    .where('lane', '=', userId)
    .where(IS_SETTLED)
    .orderBy('accepted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(LOOKED_AT);
  const carried = db
    .selectFrom('events')
    .select(['settled_at', 'state'])
    .where('destination', '=', destination)
    .where('other_user', '=', userId)
    .limit(LOOKED_AT);
  const rows = [...(await own.execute()), ...(await carried.execute())];
  const times = rows.flatMap(({ state, settled_at }) => (state === 'delivered' ? (settled_at ?? []) : []));
  return times.length === 0 ? undefined : Math.max(...times);
}
