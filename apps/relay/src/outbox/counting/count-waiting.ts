import type { Db } from '../schema/outbox-schema';

/** How many events wait, at a destination or in all. */
export async function countWaiting(db: Db, destination?: string): Promise<number> {
  let query = db.selectFrom('event_counts').where('state', '=', 'pending');
  if (destination !== undefined) query = query.where('destination', '=', destination);
  const { count } = await query.select((row) => row.fn.sum<number>('count').as('count')).executeTakeFirstOrThrow();
  return Number(count ?? 0);
}
