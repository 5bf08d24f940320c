import { sql } from 'kysely';
import type { OutboxPort } from '../../src/outbox/port/outbox.port';
import type { Db } from '../../src/outbox/schema/outbox-schema';
import { attempt, leaseTurn } from '../outbox-suite/attempt';
import {
  aliasOf,
  DAY,
  deleteOf,
  DELIVERED,
  HERE,
  identify,
  NOW,
  PARKED,
  refused,
  retry,
  settled,
  trackOf,
} from '../outbox-suite/sample-events';
import { multiply } from './multiply';

/** How many rows there are of each kind. */
export const COPIES = 8_000;

const IN_BULK = { createsUser: true, deletesUser: false, otherUser: null, mayBulk: true } as const;
const BACKFILLED = { isBackfilled: true } as const;
const REQUEST = { kind: 'upsert', sentAt: NOW, milliseconds: 1, reply: { status: 200 }, events: [] } as const;

/** Fills a store with events of every kind, and all that comes with them: one of each by its own calls, the rest by SQL. */
export async function fillStore(db: Db, outbox: OutboxPort): Promise<void> {
  await keepOneOfEach(outbox);
  const shifted = (column: string) => ({ [column]: `${column} + n * 1000` });
  const own = (column: string) => ({ [column]: `${column} || '-' || n` });
  const later = (column: string) => ({ [column]: `${column} + n` });
  const ids = { ...own('lane'), ...own('other_user'), ...own('anonymous_id') };
  const events = { ...shifted('id'), ...own('message_id'), ...ids };
  await multiply(db, 'events', COPIES, { ...events, ...later('accepted_at'), ...later('settled_at') });
  // Of one user there is much.
  await sql`UPDATE events SET lane = 'much' WHERE lane LIKE 'much-%'`.execute(db);
  const lanes = { ...own('lane'), ...shifted('oldest_event'), ...shifted('last_delete'), ...later('queued_at') };
  await multiply(db, 'lanes', COPIES, { ...lanes, ...later('due_at') });
  await multiply(db, 'environment_users', COPIES, { ...own('user_id'), ...later('learnt_at') });
  await multiply(db, 'sent_requests', COPIES, { ...shifted('id'), ...later('sent_at') });
  // Those that count no more: how many do, the budget's limit says.
  await multiply(db, 'budget_places', COPIES, { ...shifted('id'), free_at: `${NOW} - n` });
  await db
    .insertInto('erasures')
    .values({ destination: HERE, user_id: 'much', up_to: Number.MAX_SAFE_INTEGER })
    .execute();
  await db
    .updateTable('event_counts')
    .set({ count: sql`count * ${sql.raw(String(COPIES + 1))}` })
    .execute();
}

async function keepOneOfEach(outbox: OutboxPort): Promise<void> {
  await outbox.accept([
    settled('filtered', 'filtered', 'filtered'),
    settled('unsupported', 'unsupported'),
    settled('much', 'filtered', 'much'),
    settled('erased', 'rejected', 'erased'),
    trackOf('', 'held', { fate: { anonymousId: 'visitor' } }),
  ]);
  await outbox.eraseUser({ userId: 'erased', now: NOW, limit: 10 });
  await outbox.accept([aliasOf('old', 'new', 'alias')]);
  await attempt(outbox, [DELIVERED], { learnt: [['new', 'known']], requests: [REQUEST] });
  await outbox.accept([trackOf('delivered', 'delivered', { eventName: 'Opened' })]);
  await attempt(outbox, [DELIVERED]);
  await outbox.accept([trackOf('refused', 'refused', { eventName: 'Opened' })]);
  await attempt(outbox, [refused('no')]);
  await outbox.accept([trackOf('parked', 'parked')]);
  await attempt(outbox, [retry('unknown_user')], { next: { ...PARKED, dueAt: NOW + DAY } });
  await outbox.accept([trackOf('late', 'late')]);
  await attempt(outbox, [retry('server_error')], { next: { dueAt: NOW + DAY, attempts: 3, parked: false } });
  await outbox.accept([trackOf('leased', 'leased')]);
  await leaseTurn(outbox);
  await outbox.accept([identify('bulk late', { fate: { ...IN_BULK, lane: 'bulk late' } })]);
  await attempt(outbox, [retry('server_error')], { next: { dueAt: NOW + DAY, attempts: 3, parked: false } });
  await outbox.accept([identify('bulk', { fate: { ...IN_BULK, lane: 'bulk' } })]);
  await outbox.accept([trackOf('backfilled late', 'backfilled late', BACKFILLED)]);
  await attempt(outbox, [retry('server_error')], { next: { dueAt: NOW + DAY, attempts: 3, parked: false } });
  await outbox.accept([trackOf('backfilled', 'backfilled', BACKFILLED)]);
  await outbox.accept([deleteOf('deleting', 'deleting'), trackOf('ready', 'ready')]);
}
