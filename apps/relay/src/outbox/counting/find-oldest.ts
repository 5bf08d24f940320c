import type { Db } from '../schema/outbox-schema';

/** Since when the event waits at a destination that waits longest; undefined where none does. */
export async function findOldest(db: Db, destination: string): Promise<number | undefined> {
  const lane = await db
    .selectFrom('lanes')
    .select('queued_at')
    .where('destination', '=', destination)
    .orderBy('queued_at')
    .limit(1)
    .executeTakeFirst();
  return lane?.queued_at;
}
