import { findCursors } from './find-events';
import { isoOf } from '../port/iso-of';
import { readAtOnce } from './read-at-once';
import { listMessages } from './dead-letter-messages';
import { IS_REPLAYABLE } from '../schema/conditions';
import { findEnded } from './find-ended';
import type { Db, Ended } from '../schema/outbox-schema';
import type { DeadLetterFilter } from '../port/outbox.port';
import type { DeadLetterGroup } from '../port/dead-letters';

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
      const group = { destination, reason, count: Number(count) };
      const { messages, isMore } = await listMessages(tx, group);
      groups.push({ ...group, message, ...times, sampleId: newest.id, messages, hasOtherMessages: isMore });
    }
    return groups.sort((a, b) => b.count - a.count);
  });
}

/** How many events a replay of the filter would take up; where they have to be read for it, at most `most`. */
export async function countDeadLetters(
  db: Db,
  filter: DeadLetterFilter,
  most = Number.MAX_SAFE_INTEGER,
): Promise<number> {
  const { destination, type, reason, state = 'rejected', ...others } = filter;
  if (Object.keys(others).length > 0) {
    return (await readAtOnce(db, (tx) => findEnded(tx, filter, undefined, most))).length;
  }
  let query = db
    .selectFrom('event_counts')
    .where('state', 'in', state === 'any' ? ENDED : [state])
    .where('erased', '=', 0);
  for (const field of ['destination', 'type', 'reason'] as const) {
    const value = { destination, type, reason }[field];
    if (value !== undefined) query = query.where(field, '=', value);
  }
  const { count } = await query.select((row) => row.fn.sum<number>('count').as('count')).executeTakeFirstOrThrow();
  return Number(count ?? 0);
}

const ENDED: readonly Ended[] = ['delivered', 'filtered', 'unsupported', 'rejected', 'dismissed'];
