import { sql } from 'kysely';
import type { News } from '../port/store-news';
import type { Db } from '../schema/outbox-schema';
import { CHANNEL, textOf } from './news-text';
import type { Circle } from './news-text';

/** Tells the other processes. */
export async function tellOthers(db: Db, circle: Circle, news: News): Promise<void> {
  await sql`SELECT pg_notify(${CHANNEL}, ${textOf(circle, news)})`.execute(db);
}
