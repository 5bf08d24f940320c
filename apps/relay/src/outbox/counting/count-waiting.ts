import type { ReasonCode } from '@segment-userleap/mapping';
import type { Db } from '../schema/outbox-schema';

/** How many events wait, at a destination or in all. */
export async function countWaiting(db: Db, destination?: string): Promise<number> {
  let query = db.selectFrom('event_counts').where('state', '=', 'pending');
  if (destination !== undefined) query = query.where('destination', '=', destination);
  const { count } = await query.select((row) => row.fn.sum<number>('count').as('count')).executeTakeFirstOrThrow();
  return Number(count ?? 0);
}

/** How many events wait for this reason, by destination, where any do. */
export async function countWaitingFor(db: Db, reason: ReasonCode): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('event_counts')
    .select((row) => ['destination', row.fn.sum<number>('count').as('count')])
    .where('state', '=', 'pending')
    .where('reason', '=', reason)
    .where('count', '>', 0)
    .groupBy('destination')
    .orderBy('destination')
    .execute();
  return new Map(rows.map(({ destination, count }) => [destination, Number(count)]));
}
