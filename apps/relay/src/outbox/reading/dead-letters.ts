import { findCursors } from './find-events';
import { isoOf } from '../port/iso-of';
import { readAtOnce } from './read-at-once';
import { IS_REPLAYABLE } from '../schema/conditions';
import type { Db } from '../schema/outbox-schema';
import type { DeadLetterFilter, DeadLetterGroup } from '../port/outbox.port';

/** Dead letters that can be replayed, grouped by destination and reason, the largest group first. */
export function groupDeadLetters(db: Db): Promise<readonly DeadLetterGroup[]> {
  return readAtOnce(db, async (tx) => {
    const counts = await tx
      .selectFrom('event_counts')
      .select((row) => ['destination', 'reason', row.fn.sum<number>('count').as('count')])
      .where('state', '=', 'rejected')
      .where('erased', '=', 0)
      .where('count', '>', 0)
      .groupBy(['destination', 'reason'])
      .execute();
    const groups: DeadLetterGroup[] = [];
    for (const { destination, reason, count } of counts) {
      const filter = { destination, reason, state: 'rejected' } as const;
      const [oldest] = await findCursors(tx, filter, 'asc', undefined, 1, IS_REPLAYABLE);
      const [newest] = await findCursors(tx, filter, 'desc', undefined, 1, IS_REPLAYABLE);
      if (!oldest || !newest) continue;
      const { message } = await tx
        .selectFrom('events')
        .select('message')
        .where('id', '=', newest.id)
        .executeTakeFirstOrThrow();
      const times = { oldestAt: isoOf(oldest.at), newestAt: isoOf(newest.at) };
      groups.push({ destination, reason, message, count: Number(count), ...times, sampleId: newest.id });
    }
    return groups.sort((a, b) => b.count - a.count);
  });
}

/** How many dead letters a replay of the filter would take up. */
export async function countDeadLetters(db: Db, filter: DeadLetterFilter): Promise<number> {
  const { destination, type, reason, ...others } = filter;
  if (Object.keys(others).length > 0) {
    const cursors = readAtOnce(db, (tx) =>
      findCursors(tx, { ...filter, state: 'rejected' }, 'asc', undefined, Number.MAX_SAFE_INTEGER, IS_REPLAYABLE),
    );
    return (await cursors).length;
  }
  let query = db.selectFrom('event_counts').where('state', '=', 'rejected').where('erased', '=', 0);
  for (const field of ['destination', 'type', 'reason'] as const) {
    const value = { destination, type, reason }[field];
    if (value !== undefined) query = query.where(field, '=', value);
  }
  const { count } = await query.select((row) => row.fn.sum<number>('count').as('count')).executeTakeFirstOrThrow();
  return Number(count ?? 0);
}
