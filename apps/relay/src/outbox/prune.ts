import { sql } from 'kysely';
import { ERASED, IS_SETTLED } from './lanes';
import type { Tx } from './lanes';
import type { EventState } from './outbox-schema';
import type { PruneCall } from './outbox.port';

type Kept = Exclude<EventState, 'pending'>;

/**
 * Removes a little of what has had its end for long enough. Where the message id is still needed to tell a repetition, the
 * event is emptied first and removed later. Returns how many events it changed.
 */
export async function prune(tx: Tx, call: PruneCall): Promise<number> {
  let changed = 0;
  for (const state of ['delivered', 'filtered', 'unsupported', 'rejected'] as const) {
    changed += await removeOld(tx, call, state);
    changed += await emptyOld(tx, call, state);
  }
  await tx
    .deleteFrom('known_users')
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

async function removeOld(tx: Tx, call: PruneCall, state: Kept): Promise<number> {
  const old = findOld(tx, call, state).where('accepted_at', '<', call.now - call.deduplicationMs);
  const result = await tx.deleteFrom('events').where('id', 'in', old).executeTakeFirst();
  return Number(result.numDeletedRows);
}

async function emptyOld(tx: Tx, call: PruneCall, state: Kept): Promise<number> {
  if (call.deduplicationMs <= call.now - endedBefore(call, state)) return 0;
  const old = findOld(tx, call, state).where('body', '!=', '');
  const result = await tx.updateTable('events').set(ERASED).where('id', 'in', old).executeTakeFirst();
  return Number(result.numUpdatedRows);
}
