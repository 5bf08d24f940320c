import type { Db } from '../schema/outbox-schema';

/** The names of all destinations of which events are or were kept. */
export async function listDestinations(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('event_counts').select('destination').distinct().execute();
  return rows.map(({ destination }) => destination);
}
