import type { Db } from '../schema/outbox-schema';
import { IS_SETTLED } from '../schema/conditions';

// Of the latest that came; what came earlier and was delivered later is as good as never the last.
const LOOKED_AT = 100;

/**
 * When something of the user was delivered last to an environment, an Alias to it included; undefined where nothing is kept.
 * Destinations may share one: a web site's and a server's.
 */
export async function lastDelivered(db: Db, environment: string, userId: string): Promise<number | undefined> {
  const destinations = await db
    .selectFrom('destination_environments')
    .select('destination')
    .where('environment', '=', environment)
    .where('in_use', '=', 1)
    .execute();
  const times: number[] = [];
  for (const { destination } of destinations) times.push(...(await findDeliveries(db, destination, userId)));
  return times.length === 0 ? undefined : Math.max(...times);
}

async function findDeliveries(db: Db, destination: string, userId: string): Promise<readonly number[]> {
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
  return rows.flatMap(({ state, settled_at }) => (state === 'delivered' ? (settled_at ?? []) : []));
}
