import type { ExpressionBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { RECORD_COLUMNS, toEventRecord } from './to-event-record';
import type { EventFilter, ListCursor, EventRecord } from '../port/event-record';
import {
  IS_HELD,
  IS_PENDING,
  HAS_MESSAGE,
  IS_REJECTED,
  IS_REPLAYABLE,
  IS_SETTLED,
  MESSAGE_KEY,
  messageKey,
} from '../schema/conditions';
import { readAtOnce } from './read-at-once';
import type { Db, EventCountColumns, OutboxSchema, Tx } from '../schema/outbox-schema';
import { eventNameKey } from '../port/event-name-key';
import { userKey } from '../port/user-key';
import { splitSearch } from './split-search';

/** Newest first. */
export function listEvents(db: Db, filter: EventFilter): Promise<readonly EventRecord[]> {
  return readAtOnce(db, async (tx) => {
    const cursors = await findCursors(tx, filter, 'desc', filter.before, filter.limit);
    if (cursors.length === 0) return [];
    const rows = await tx
      .selectFrom('events')
      .select(RECORD_COLUMNS)
      .where(
        'id',
        'in',
        cursors.map(({ id }) => id),
      )
      .execute();
    const records = new Map(rows.map((row) => [row.id, toEventRecord(row)]));
    return cursors.flatMap(({ id }) => records.get(id) ?? []);
  });
}

/** The cursors of the first events, in this direction after `start`, that fit. */
export async function findCursors(
  tx: Tx,
  filter: Partial<EventFilter>,
  direction: 'asc' | 'desc',
  start: ListCursor | undefined,
  limit: number,
  condition = sql<SqlBool>`1 = 1`,
): Promise<readonly ListCursor[]> {
  const sign = direction === 'asc' ? 1 : -1;
  const [onwards, back] = direction === 'asc' ? (['>', '<'] as const) : (['<', '>'] as const);
  let found: readonly ListCursor[] = [];
  for (const part of await splitFilter(tx, filter)) {
    let query = narrowed(tx, part).where(condition);
    if (start) query = query.where(isBeyond(start, onwards));
    // Of the parts after it no more is wanted than what stands before.
    const last = found[limit - 1];
    if (last) query = query.where(isBeyond(last, back));
    // To PostgreSQL a column that has to be null is not the same everywhere: only with it this is the order of `events_kind`.
    if (part.hasNoReason) query = query.orderBy('reason', direction);
    const rows = await query
      .select(['id', 'accepted_at as at'])
      .orderBy('accepted_at', direction)
      .orderBy('id', direction)
      .limit(limit)
      .execute();
    // What is searched for may be found in several ways.
    const others = found.length === 0 ? rows : rows.filter(({ id }) => !found.some((one) => one.id === id));
    found = [...found, ...others].sort((a, b) => sign * (a.at - b.at || a.id - b.id)).slice(0, limit);
  }
  return found;
}

function isBeyond({ at, id }: ListCursor, direction: '<' | '>') {
  return ({ eb, refTuple, tuple }: ExpressionBuilder<OutboxSchema, 'events'>) =>
    eb(refTuple('accepted_at', 'id'), direction, tuple(at, id));
}

type Kind = Pick<EventCountColumns, 'destination' | 'state' | 'type' | 'reason'>;

/** A part of a list, as one index holds it. */
export type Part = Partial<EventFilter> & {
  readonly hasNoReason?: true;
  readonly isPending?: true;
  readonly isSettled?: true;
  /** It is held under it. */
  readonly heldUnder?: string;
};

/**
 * What a filter asks for, as parts each of which an index holds in order, or holds little of: an event, the settled ones of
 * a user, those that wait in a lane, those with a message id at a destination, those of a name, those of a kind
 * (docs/adr/0014).
 */
async function splitFilter(tx: Tx, { search, ...filter }: Partial<EventFilter>): Promise<readonly Part[]> {
  if (search === undefined && filter.id !== undefined) return [filter];
  const kinds = await findKinds(tx, filter);
  const destinations = [...new Set(kinds.map(({ destination }) => destination))];
  if (search !== undefined) return splitSearch(tx, search, filter, destinations);
  if (filter.ids !== undefined) return [filter];
  if (filter.message !== undefined) return splitByMessage(filter, kinds);
  if (filter.messageId !== undefined) return destinations.map((destination) => ({ ...filter, destination }));
  if (filter.userId !== undefined) {
    return destinations.flatMap((destination): readonly Part[] => [
      { ...filter, destination, isPending: true },
      { ...filter, destination, isSettled: true },
    ]);
  }
  if (filter.event !== undefined) return destinations.map((destination) => ({ ...filter, destination }));
  return kinds.map(({ reason, ...kind }) => {
    return { ...filter, ...kind, ...(reason === '' ? { hasNoReason: true as const } : { reason }) };
  });
}

/** Only dead letters are found by their message: at each destination those of each reason. */
function splitByMessage(filter: Part, kinds: readonly Kind[]): readonly Part[] {
  const rejected = kinds.filter(({ state }) => state === 'rejected');
  const places = new Map(
    rejected.map(({ destination, reason }) => [`${destination} ${reason}`, { destination, reason }]),
  );
  return [...places.values()].map((place) => ({ ...filter, ...place, state: 'rejected' as const }));
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
function narrowed(tx: Tx, filter: Part) {
  const { id, destination, messageId, userId, event, state, reason, type, from, to } = filter;
  const { ids, message, hasNoReason, isPending, isSettled, heldUnder } = filter;
  let query = tx.selectFrom('events');
  if (id !== undefined) query = query.where('id', '=', id);
  if (ids !== undefined) query = query.where('id', 'in', ids.length === 0 ? [0] : ids);
  if (message !== undefined)
    query = query.where(HAS_MESSAGE).where(MESSAGE_KEY, '=', messageKey(message)).where(IS_REPLAYABLE);
  if (destination !== undefined) query = query.where('destination', '=', destination);
  if (messageId !== undefined) query = query.where('message_id', '=', messageId);
  if (userId !== undefined) query = query.where('lane', '=', userKey(userId));
  if (event !== undefined) query = query.where('event_name', '=', eventNameKey(event));
  if (heldUnder !== undefined) query = query.where('anonymous_id', '=', userKey(heldUnder)).where(IS_HELD);
  if (state === 'rejected' && event !== undefined) query = query.where(IS_REJECTED);
  if (state !== undefined) query = query.where('state', '=', state);
  if (isPending) query = query.where(IS_PENDING);
  if (isSettled) query = query.where(IS_SETTLED);
  if (hasNoReason) query = query.where('reason', 'is', null);
  if (reason !== undefined) query = query.where('reason', '=', reason);
  if (type !== undefined) query = query.where('type', '=', type);
  if (from !== undefined) query = query.where('accepted_at', '>=', from);
  if (to !== undefined) query = query.where('accepted_at', '<', to);
  return query;
}
