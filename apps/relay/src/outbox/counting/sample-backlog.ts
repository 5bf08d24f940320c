import { sql } from 'kysely';
import { minuteOf } from './minute-of';
import { findOldest } from './find-oldest';
import { listDestinations } from './list-destinations';
import type { Db, Tx } from '../schema/outbox-schema';

/** Keeps how many events wait at each destination, and for how long; of a minute the most that was seen. */
export async function sampleBacklog(tx: Tx, now: number): Promise<void> {
  const counts = await tx
    .selectFrom('event_counts')
    .select((row) => ['destination', row.fn.sum<number>('count').as('count')])
    .where('state', '=', 'pending')
    .groupBy('destination')
    .execute();
  const waiting = new Map(counts.map(({ destination, count }) => [destination, Number(count)]));
  for (const destination of await listDestinations(tx)) {
    const oldest = await findOldest(tx, destination);
    const longestWait = oldest === undefined ? 0 : Math.max(0, now - oldest);
    await writeSample(tx, minuteOf(now), destination, waiting.get(destination) ?? 0, longestWait);
  }
}

/** The last minute before a time that there is a sample of. */
export async function lastSampleBefore(db: Db, time: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('backlog_samples')
    .select('minute')
    .where('minute', '<', time)
    .orderBy('minute', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.minute;
}

async function writeSample(
  tx: Tx,
  minute: number,
  destination: string,
  waiting: number,
  longestWait: number,
): Promise<void> {
  await sql`
    INSERT INTO backlog_samples (minute, destination, waiting, longest_wait)
    VALUES (${minute}, ${destination}, ${waiting}, ${longestWait})
    ON CONFLICT (minute, destination) DO UPDATE SET
      waiting = CASE WHEN excluded.waiting > backlog_samples.waiting THEN excluded.waiting ELSE backlog_samples.waiting END,
      longest_wait = CASE WHEN excluded.longest_wait > backlog_samples.longest_wait
        THEN excluded.longest_wait ELSE backlog_samples.longest_wait END
  `.execute(tx);
}
