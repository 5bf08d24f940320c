import type { Selectable } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { MINUTE_MS, minuteOf } from '../counting/minute-of';
import { ERASED } from '../schema/erased';
import { IS_EMPTIED, IS_KEPT, IS_SETTLED, IS_UNKNOWN } from '../schema/conditions';
import type { Ended, EventColumns, Flag, Tx } from '../schema/outbox-schema';
import type { PruneCall } from '../port/steps';
import { monthOf } from '../counting/calendar';
import { pruneUsage } from './prune-usage';

type Row = Pick<Selectable<EventColumns>, 'id' | 'destination' | 'type' | 'reason' | 'accepted_at'>;

/**
 * Removes a little of what has had its end for long enough. Where the message id is still needed to tell a repetition, the
 * event is emptied first and removed later. Returns how many rows it changed. What somebody else is about to change is left
 * for the next time.
 */
export async function prune(tx: CountedTx, call: PruneCall): Promise<number> {
  let changed = 0;
  for (const state of ['delivered', 'filtered', 'unsupported', 'rejected', 'dismissed'] as const) {
    changed += await endKept(tx, call, state);
    changed += await removeEmptied(tx, call, state);
  }
  changed += await removeRequests(tx, call);
  changed += await forgetUnknown(tx, call);
  changed += await pruneUsage(tx, call);
  const oldestMinute = minuteOf(call.now - Math.max(call.retentionMs, LEAST_FLOW_MS));
  await tx.deleteFrom('flow').where('minute', '<', oldestMinute).execute();
  await tx.deleteFrom('backlog_samples').where('minute', '<', oldestMinute).execute();
  return changed;
}

function keptFor(call: PruneCall, state: Ended): number {
  return state === 'rejected' ? call.deadLetterRetentionMs : call.retentionMs;
}

/** What has its contents still, those that ended first: they are removed, or emptied where their message ids are needed. */
async function endKept(tx: CountedTx, call: PruneCall, state: Ended): Promise<number> {
  const rows = await findSome(tx, call, state)
    .where(IS_KEPT)
    .where(IS_SETTLED)
    .where('settled_at', '<', call.now - keptFor(call, state))
    .orderBy('settled_at')
    .execute();
  const isNeeded = (row: Row): boolean => row.accepted_at >= call.now - call.deduplicationMs;
  await emptyAll(tx, call, state, rows.filter(isNeeded));
  await removeAll(
    tx,
    call,
    { state, erased: 0 },
    rows.filter((row) => !isNeeded(row)),
  );
  return rows.length;
}

/** What was emptied, or erased, and those that were accepted first: nobody needs their message ids any more. */
async function removeEmptied(tx: CountedTx, call: PruneCall, state: Ended): Promise<number> {
  const rows = await findSome(tx, call, state)
    .where(IS_EMPTIED)
    .where('accepted_at', '<', call.now - Math.max(call.deduplicationMs, keptFor(call, state)))
    .where('settled_at', '<', call.now - keptFor(call, state))
    .orderBy('accepted_at')
    .execute();
  await removeAll(tx, call, { state, erased: 1 }, rows);
  return rows.length;
}

function findSome(tx: Tx, { limit }: PruneCall, state: Ended) {
  return tx
    .selectFrom('events')
    .select(['id', 'destination', 'type', 'reason', 'accepted_at'])
    .where('state', '=', state)
    .limit(limit)
    .forUpdate()
    .skipLocked();
}

async function emptyAll(tx: CountedTx, { now }: PruneCall, state: Ended, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.updateTable('events').set(ERASED).where('id', 'in', idsOf(rows)).execute();
  const changes = rows.map(({ destination, type, reason }) => {
    return { destination, type, from: { state, reason }, to: { state, reason, erased: 1 as const } };
  });
  tx.tally.count(now, changes);
}

async function removeAll(
  tx: CountedTx,
  { now }: PruneCall,
  kind: { readonly state: Ended; readonly erased: Flag },
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.deleteFrom('events').where('id', 'in', idsOf(rows)).execute();
  const changes = rows.map(({ destination, type, reason }) => ({ destination, type, from: { ...kind, reason } }));
  tx.tally.count(now, changes);
}

/** A request that UserLeap took is kept as long as what it delivered, any other as long as dead letters, too. */
async function removeRequests(tx: Tx, { now, limit, retentionMs, deadLetterRetentionMs }: PruneCall): Promise<number> {
  let removed = 0;
  for (const [succeeded, keptMs] of [
    [1, retentionMs],
    [0, Math.max(retentionMs, deadLetterRetentionMs)],
  ] as const) {
    const old = await tx
      .selectFrom('sent_requests')
      .select('id')
      .where('succeeded', '=', succeeded)
      .where('sent_at', '<', now - keptMs)
      .orderBy('sent_at')
      .limit(limit)
      .execute();
    if (old.length > 0) await tx.deleteFrom('sent_requests').where('id', 'in', idsOf(old)).execute();
    removed += old.length;
  }
  return removed;
}

/** Forgets users that were looked up in vain, those first for which that is longest ago. */
async function forgetUnknown(tx: Tx, { now, limit, deadLetterRetentionMs }: PruneCall): Promise<number> {
  const users = await tx
    .selectFrom('environment_users')
    .select(['environment', 'user_id'])
    .where(IS_UNKNOWN)
    .where('learnt_at', '<', now - deadLetterRetentionMs)
    // Who counts in this month does so though nobody knows the user.
    .where((user) => user.or([user('tracked', 'is', null), user('tracked', '<', monthOf(now))]))
    .orderBy('learnt_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  for (const environment of new Set(users.map((user) => user.environment))) {
    const ids = users.filter((user) => user.environment === environment).map(({ user_id }) => user_id);
    await tx
      .deleteFrom('environment_users')
      .where('environment', '=', environment)
      .where('user_id', 'in', ids)
      .execute();
  }
  return users.length;
}

function idsOf(rows: readonly { readonly id: number }[]): readonly number[] {
  return rows.map(({ id }) => id);
}

// What the plots show at most, whatever is kept of events: a row for each minute and destination.
const LEAST_FLOW_MS = 7 * 24 * 60 * MINUTE_MS;
