import { IS_PENDING } from '../schema/conditions';
import { firstWithin } from '../schema/first-within';
import { octetLength } from '../schema/octet-length';
import type { Db } from '../schema/outbox-schema';
import type { WaitingCursor, WaitingEvent } from '../port/other-destination';

/** The ids of what waits at a destination, lane by lane, after a cursor. */
export function findWaiting(db: Db, destination: string, after: WaitingCursor | undefined, limit: number) {
  let query = db
    .selectFrom('events')
    .select(['id', 'lane', 'type', 'reason', 'claimed_at'])
    .where('destination', '=', destination)
    .where(IS_PENDING)
    .orderBy('lane')
    .orderBy('id')
    .limit(limit);
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('lane', 'id'), '>', tuple(after.lane, after.id)));
  }
  return query;
}

/** What waits at a destination, lane by lane, after a cursor: a few events, and of large ones fewer. */
export async function loadWaiting(
  db: Db,
  destination: string,
  after: WaitingCursor | undefined,
  limit: number,
): Promise<readonly WaitingEvent[]> {
  const found = await findWaiting(db, destination, after, limit).select(octetLength('body').as('bytes')).execute();
  const some = firstWithin(found, MOST_BYTES);
  if (some.length === 0) return [];
  const bodies = await db
    .selectFrom('events')
    .select(['id', 'body'])
    .where(
      'id',
      'in',
      some.map(({ id }) => id),
    )
    .execute();
  const bodyOf = new Map(bodies.map(({ id, body }) => [id, body]));
  return some.flatMap(({ id, lane, claimed_at }) => {
    const body = bodyOf.get(id);
    return body ? [{ id, lane: lane ?? '', body: JSON.parse(body) as unknown, isClaimed: claimed_at !== null }] : [];
  });
}

const MOST_BYTES = 4 * 1024 * 1024;
