import type { Db } from '../schema/outbox-schema';

/** Since when the event waits at a destination that waits longest; undefined where none does. */
export async function findOldest(db: Db, destination: string): Promise<number | undefined> {
  const oldest = db
    .selectFrom('lanes')
    .select('queued_at')
    .where('destination', '=', destination)
    .orderBy('queued_at')
    .limit(1);
  const live = await oldest.where('backfilled', '=', 0).executeTakeFirst();
  const backfilled = await oldest.where('backfilled', '=', 1).executeTakeFirst();
  const times = [live, backfilled].flatMap((lane) => lane?.queued_at ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}
