import type { SqlBool } from 'kysely';
import { sql } from 'kysely';
import { toEventRecord } from './event-record';
import type { EventFilter, EventPlace, EventRecord } from './event-record';
import type { Db, Tx } from './lanes';
import type { EventCountTable } from './outbox-schema';
import type { DeadLetter, DeadLetterFilter } from './outbox.port';

/** Newest first. */
export function listEvents(db: Db, filter: EventFilter): Promise<readonly EventRecord[]> {
  return db.transaction().execute(async (tx) => {
    const places = await findPlaces(tx, filter, 'desc', filter.before, filter.limit);
    if (places.length === 0) return [];
    const rows = await tx
      .selectFrom('events')
      .selectAll()
      .where(
        'id',
        'in',
        places.map(({ id }) => id),
      )
      .execute();
    const records = new Map(rows.map((row) => [row.id, toEventRecord(row)]));
    return places.flatMap(({ id }) => records.get(id) ?? []);
  });
}

/** Oldest first; without those that were emptied. */
export function loadDeadLetters(
  db: Db,
  filter: DeadLetterFilter,
  after: EventPlace | undefined,
  limit: number,
): Promise<readonly DeadLetter[]> {
  return db.transaction().execute(async (tx) => {
    const places = await findPlaces(tx, { ...filter, state: 'rejected' }, 'asc', after, limit, sql`body != ''`);
    const letters: DeadLetter[] = [];
    for (const { id, at } of places) {
      const { destination, body } = await tx
        .selectFrom('events')
        .select(['destination', 'body'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      letters.push({ id, acceptedAt: at, destination, body: JSON.parse(body) as unknown });
    }
    return letters;
  });
}

/** The places of the first events, in this direction from `start` on, that fit. */
export async function findPlaces(
  tx: Tx,
  filter: Partial<EventFilter>,
  direction: 'asc' | 'desc',
  start: EventPlace | undefined,
  limit: number,
  condition = sql<SqlBool>`1 = 1`,
): Promise<readonly EventPlace[]> {
  const parts = await splitByKind(tx, filter);
  const found: EventPlace[] = [];
  for (const part of parts) {
    let query = narrowed(tx, part).where(condition);
    if (start) {
      const isPast = direction === 'asc' ? '>' : '<';
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('accepted_at', 'id'), isPast, tuple(start.at, start.id)),
      );
    }
    const rows = await query
      .select(['id', 'accepted_at as at'])
      .orderBy('accepted_at', direction)
      .orderBy('id', direction)
      .limit(limit)
      .execute();
    found.push(...rows);
  }
  const sign = direction === 'asc' ? 1 : -1;
  return found.sort((a, b) => sign * (a.at - b.at || a.id - b.id)).slice(0, limit);
}

type Kind = Pick<EventCountTable, 'destination' | 'state' | 'type' | 'reason'>;
type Part = Partial<EventFilter> & { readonly hasNoReason?: true };

/**
 * What a filter asks for, as parts each of which an index holds in order. An id or a user needs no more than its own
 * index; for a message id the destinations have to be named, for anything else the kinds of events that there are.
 */
async function splitByKind(tx: Tx, filter: Partial<EventFilter>): Promise<readonly Part[]> {
  const { id, userId, messageId, destination, state, type, reason } = filter;
  if (id !== undefined || userId !== undefined) return [filter];
  const isForAll = [messageId, destination, state, type, reason].every((field) => field === undefined);
  if (isForAll) return [filter];
  const kinds = await findKinds(tx, filter);
  if (messageId !== undefined) {
    return [...new Set(kinds.map((kind) => kind.destination))].map((one) => ({ ...filter, destination: one }));
  }
  return kinds.map(({ reason: why, ...kind }) => {
    return { ...filter, ...kind, ...(why === '' ? { hasNoReason: true as const } : { reason: why }) };
  });
}

/** The kinds of events, there now or once, that fit. */
async function findKinds(tx: Tx, filter: Partial<EventFilter>): Promise<readonly Kind[]> {
  let query = tx.selectFrom('event_counts').select(['destination', 'state', 'type', 'reason']).distinct();
  for (const field of ['destination', 'state', 'type', 'reason'] as const) {
    const value = filter[field];
    if (value !== undefined) query = query.where(field, '=', value);
  }
  return query.execute();
}

/** The events that fit. */
export function narrowed(tx: Db | Tx, filter: Part) {
  const { id, destination, messageId, userId, state, reason, type, from, to, hasNoReason } = filter;
  let query = tx.selectFrom('events');
  if (id !== undefined) query = query.where('id', '=', id);
  if (userId !== undefined) query = query.where('lane', '=', userId);
  const fields = { destination, message_id: messageId, state, reason, type };
  for (const [column, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const ref = sql.ref(column);
    // A user has few events: without statistics a database might prefer an index of the many that share the rest.
    query = query.where(
      userId === undefined ? sql<SqlBool>`${ref} = ${value}` : sql<SqlBool>`COALESCE(${ref}, '') = ${value}`,
    );
  }
  if (hasNoReason) query = query.where('reason', 'is', null);
  if (from !== undefined) query = query.where('accepted_at', '>=', from);
  if (to !== undefined) query = query.where('accepted_at', '<', to);
  return query;
}
