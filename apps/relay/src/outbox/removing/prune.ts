import { sql } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { MINUTE_MS, minuteOf } from '../counting/minute-of';
import { ERASED } from '../schema/erased';
import { IS_SETTLED } from '../schema/conditions';
import type { EventState, Flag, Tx } from '../schema/outbox-schema';
import type { PruneCall } from '../port/outbox.port';

type Kept = Exclude<EventState, 'pending'>;

/**
 * Removes a little of what has had its end for long enough. Where the message id is still needed to tell a repetition, the
 * event is emptied first and removed later. Returns how many rows it changed.
 */
export async function prune(tx: CountedTx, call: PruneCall): Promise<number> {
  let changed = 0;
  for (const state of ['delivered', 'filtered', 'unsupported', 'rejected'] as const) {
    changed += await removeOld(tx, call, state);
    changed += await emptyOld(tx, call, state);
  }
  changed += await removeRequests(tx, call);
  const oldestMinute = minuteOf(call.now - Math.max(call.retentionMs, LEAST_FLOW_MS));
  await tx.deleteFrom('flow').where('minute', '<', oldestMinute).execute();
  await tx.deleteFrom('backlog_samples').where('minute', '<', oldestMinute).execute();
  await tx
    .deleteFrom('environment_users')
    .where(sql<boolean>`known = 0`)
    .where('learnt_at', '<', call.now - call.deadLetterRetentionMs)
    .execute();
  return changed;
}

function endedBefore(call: PruneCall, state: Kept): number {
  return call.now - (state === 'rejected' ? call.deadLetterRetentionMs : call.retentionMs);
}

/** The ids of what ended long enough ago, a few, those that ended first. */
function findOld(tx: Tx, call: PruneCall, state: Kept) {
  return tx
    .selectFrom('events')
    .select('id')
    .where('state', '=', state)
    .where(IS_SETTLED)
    .where('settled_at', '<', endedBefore(call, state))
    .orderBy('settled_at')
    .limit(call.limit);
}

async function removeOld(tx: CountedTx, call: PruneCall, state: Kept): Promise<number> {
  const old = findOld(tx, call, state).where('accepted_at', '<', call.now - call.deduplicationMs);
  const rows = await tx
    .deleteFrom('events')
    .where('id', 'in', old)
    .returning(['destination', 'type', 'reason', IS_EMPTY.as('erased')])
    .execute();
  const changes = rows.map(({ destination, type, reason, erased }) => {
    return { destination, type, from: { state, reason, erased } };
  });
  tx.tally.count(call.now, changes);
  return rows.length;
}

async function emptyOld(tx: CountedTx, call: PruneCall, state: Kept): Promise<number> {
  if (call.deduplicationMs <= call.now - endedBefore(call, state)) return 0;
  const old = findOld(tx, call, state).where('body', '!=', '');
  const rows = await tx
    .updateTable('events')
    .set(ERASED)
    .where('id', 'in', old)
    .returning(['destination', 'type', 'reason'])
    .execute();
  const changes = rows.map(({ destination, type, reason }) => {
    return { destination, type, from: { state, reason }, to: { state, reason, erased: 1 as const } };
  });
  tx.tally.count(call.now, changes);
  return rows.length;
}

/** A request that UserLeap took is kept as long as what it delivered, any other as long as dead letters, too. */
async function removeRequests(tx: Tx, { now, limit, retentionMs, deadLetterRetentionMs }: PruneCall): Promise<number> {
  let removed = 0;
  for (const [succeeded, keptMs] of [
    [1, retentionMs],
    [0, Math.max(retentionMs, deadLetterRetentionMs)],
  ] as const) {
    const old = tx
      .selectFrom('sent_requests')
      .select('id')
      .where('succeeded', '=', succeeded)
      .where('sent_at', '<', now - keptMs)
      .orderBy('sent_at')
      .limit(limit);
    const result = await tx.deleteFrom('sent_requests').where('id', 'in', old).executeTakeFirst();
    removed += Number(result.numDeletedRows);
  }
  return removed;
}

const IS_EMPTY = sql<Flag>`CASE WHEN body = '' THEN 1 ELSE 0 END`;
// What the overview shows.
const LEAST_FLOW_MS = 60 * MINUTE_MS;
