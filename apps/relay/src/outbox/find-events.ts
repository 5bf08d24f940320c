import { toEventRecord } from './event-record';
import type { EventFilter, EventRecord } from './event-record';
import type { Db } from './lanes';
import type { DeadLetter, DeadLetterFilter } from './outbox.port';

/** Newest first. */
export async function listEvents(db: Db, filter: EventFilter): Promise<readonly EventRecord[]> {
  const rows = await filtered(db, filter).selectAll().orderBy('id', 'desc').limit(filter.limit).execute();
  return rows.map(toEventRecord);
}

/** Oldest first; without those that were emptied. */
export async function loadDeadLetters(
  db: Db,
  filter: DeadLetterFilter,
  after: number,
  limit: number,
): Promise<readonly DeadLetter[]> {
  const rows = await filtered(db, { ...filter, state: 'rejected' })
    .select(['id', 'destination', 'body'])
    .where('id', '>', after)
    .where('body', '!=', '')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, destination, body }) => ({ id, destination, body: JSON.parse(body) as unknown }));
}

function filtered(db: Db, filter: Partial<EventFilter>) {
  const { id, destination, messageId, userId, state, reason, type } = filter;
  let query = db.selectFrom('events');
  if (id !== undefined) query = query.where('id', '=', id);
  if (destination !== undefined) query = query.where('destination', '=', destination);
  if (messageId !== undefined) query = query.where('message_id', '=', messageId);
  if (userId !== undefined) query = query.where('lane', '=', userId);
  if (state !== undefined) query = query.where('state', '=', state);
  if (reason !== undefined) query = query.where('reason', '=', reason);
  if (type !== undefined) query = query.where('type', '=', type);
  return query;
}
