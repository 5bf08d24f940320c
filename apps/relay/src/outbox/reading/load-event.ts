import { toEventRecord } from './to-event-record';
import { tellStory } from './tell-story';
import { readAtOnce } from './read-at-once';
import type { Db } from '../schema/outbox-schema';
import type { KeptEvent } from '../port/outbox.port';

/** Everything that is kept of an event; undefined where there is none with this id. */
export function loadEvent(db: Db, id: number): Promise<KeptEvent | undefined> {
  return readAtOnce(db, async (tx) => {
    const row = await tx.selectFrom('events').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) return undefined;
    const ids = JSON.parse(row.requests) as readonly number[];
    const requests =
      ids.length === 0 ? [] : await tx.selectFrom('sent_requests').selectAll().where('id', 'in', ids).execute();
    const lane = await tx
      .selectFrom('lanes')
      .select('due_at')
      .where('destination', '=', row.destination)
      .where('lane', '=', row.lane)
      .executeTakeFirst();
    return {
      event: toEventRecord(row),
      body: row.body === '' ? null : row.body,
      story: tellStory(row, requests, lane?.due_at ?? null),
    };
  });
}
