import type { CountedTx } from '../counting/counted-write';
import type { NewEvent } from '../port/outbox.port';
import { fateColumns } from '../turns/fate-columns';
import { findLanesOf, keyOfLane } from '../turns/lanes-of';
import type { LaneState } from '../turns/lanes-of';
import { queueInLanes } from '../turns/queue-in-lanes';
import type { Queued } from '../turns/queue-in-lanes';
import { insertEvents } from './insert-events';

/** Keeps events whose message ids are new. */
export async function acceptEvents(tx: CountedTx, events: readonly NewEvent[]): Promise<void> {
  const lanes = await findLanesOf(
    tx,
    events.flatMap(({ destination, fate }) => ('lane' in fate ? { destination, lane: fate.lane } : [])),
  );
  const rows = events.map((event) => toRow(event, lanes));
  const ids = await insertEvents(tx, rows);
  const queued: Queued[] = [];
  for (const [index, { destination, type, acceptedAt, fate }] of events.entries()) {
    const [id, row] = [ids[index], rows[index]];
    if (id === undefined || row === undefined) continue;
    tx.tally.count(acceptedAt, [{ destination, type, to: row }]);
    if (!('lane' in fate)) continue;
    queued.push({ id, destination, type, queuedAt: acceptedAt, fate, isParked: row.reason !== null });
  }
  await queueInLanes(tx, queued, lanes);
}

// One literal: objects that are put together from others cost more than all else that is done for an event here.
function toRow(
  { destination, messageId, type, body, acceptedAt, fate }: NewEvent,
  lanes: ReadonlyMap<string, LaneState>,
) {
  const isParked = 'lane' in fate && lanes.get(keyOfLane(destination, fate.lane))?.parked === 1;
  return {
    destination,
    message_id: messageId,
    type,
    body,
    accepted_at: acceptedAt,
    queued_at: acceptedAt,
    ...fateColumns(fate, acceptedAt, isParked),
  };
}
