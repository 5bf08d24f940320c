import { countChanges } from './count-changes';
import { insertEvents } from './insert-events';
import { queueInLanes } from './lanes';
import type { Queued, Tx } from './lanes';
import type { NewEvent } from './outbox.port';
import { userKey } from './user-key';

/** Keeps events whose message ids are new. Returns how many of them wait. */
export async function acceptEvents(tx: Tx, events: readonly NewEvent[]): Promise<number> {
  const rows = events.map(toRow);
  const ids = await insertEvents(tx, rows);
  const queued: Queued[] = [];
  for (const [index, { destination, type, acceptedAt, fate }] of events.entries()) {
    const [id, row] = [ids[index], rows[index]];
    if (id === undefined || row === undefined) continue;
    countChanges(tx, acceptedAt, [{ destination, type, to: row }]);
    if ('lane' in fate) queued.push({ id, destination, queuedAt: acceptedAt, fate });
  }
  await queueInLanes(tx, queued);
  return queued.length;
}

// One literal: objects that are put together from others cost more than all else that is done for an event here.
function toRow({ destination, messageId, type, body, acceptedAt, fate }: NewEvent) {
  return {
    destination,
    message_id: messageId,
    type,
    body,
    accepted_at: acceptedAt,
    queued_at: acceptedAt,
    ...fateColumns(fate, acceptedAt),
  };
}

/** Where an event waits, or how it ended at once. */
export function fateColumns(fate: NewEvent['fate'], now: number) {
  if ('lane' in fate) {
    return {
      state: 'pending' as const,
      reason: null,
      message: null,
      warnings: '[]',
      settled_at: null,
      lane: fate.lane,
      other_user: fate.otherUser,
    };
  }
  const { outcome, reason, message, warnings } = fate.outcome;
  return {
    state: outcome,
    reason,
    message,
    warnings: JSON.stringify(warnings),
    settled_at: now,
    lane: fate.userId === null ? null : userKey(fate.userId),
    other_user: null,
  };
}
