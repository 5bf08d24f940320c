import type { CountedTx } from '../counting/counted-write';
import { insertEvents } from './insert-events';
import { queueInLanes } from '../turns/queue-in-lanes';
import type { Queued } from '../turns/queue-in-lanes';
import type { NewEvent } from '../port/outbox.port';
import { fateColumns } from '../turns/fate-columns';

/** Keeps events whose message ids are new. */
export async function acceptEvents(tx: CountedTx, events: readonly NewEvent[]): Promise<void> {
  const rows = events.map(toRow);
  const ids = await insertEvents(tx, rows);
  const queued: Queued[] = [];
  for (const [index, { destination, type, acceptedAt, fate }] of events.entries()) {
    const [id, row] = [ids[index], rows[index]];
    if (id === undefined || row === undefined) continue;
    tx.tally.count(acceptedAt, [{ destination, type, to: row }]);
    if ('lane' in fate) queued.push({ id, destination, type, queuedAt: acceptedAt, fate });
  }
  await queueInLanes(tx, queued);
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
