import type { CountedTx } from '../counting/counted-write';
import type { NewEvent } from '../port/outbox.port';
import { userKey } from '../port/user-key';
import { fateColumns } from '../turns/fate-columns';
import { findLanesOf, keyOfLane } from '../turns/lanes-of';
import type { LaneState } from '../turns/lanes-of';
import { queueInLanes } from '../turns/queue-in-lanes';
import type { Queued } from '../turns/queue-in-lanes';
import { claimHeld } from './claim-held';
import type { Claiming } from './claim-held';
import { insertEvents } from './insert-events';

/** Keeps events whose message ids are new. What these claim goes into its user's lane with them. */
export async function acceptEvents(tx: CountedTx, events: readonly NewEvent[]): Promise<void> {
  const lanes = await findLanesOf(
    tx,
    events.flatMap(({ destination, fate, claim }) => [
      ...('lane' in fate ? [{ destination, lane: fate.lane }] : []),
      ...(claim ? [{ destination, lane: claim.userId }] : []),
    ]),
  );
  const rows = events.map((event) => toRow(event, lanes));
  const ids = await insertEvents(tx, rows);
  const queued: Queued[] = [];
  const claiming: Claiming[] = [];
  for (const [index, event] of events.entries()) {
    const { destination, type, acceptedAt, fate, claim, heldBack, isBackfilled = false } = event;
    const [id, row] = [ids[index], rows[index]];
    if (id === undefined || row === undefined) continue;
    tx.tally.count(acceptedAt, [{ destination, type, to: row }]);
    if (heldBack) tx.tally.names.countHeldBack(destination, acceptedAt, heldBack);
    if (claim) claiming.push({ id, destination, at: acceptedAt, claim });
    if (!('lane' in fate)) continue;
    queued.push({ id, destination, type, queuedAt: acceptedAt, fate, isParked: row.reason !== null, isBackfilled });
  }
  const claimed = claiming.length === 0 ? [] : await claimHeld(tx, claiming);
  const all = claimed.length === 0 ? queued : [...claimed, ...queued].sort((a, b) => a.id - b.id);
  await queueInLanes(tx, all, lanes);
}

// One literal: objects that are put together from others cost more than all else that is done for an event here.
function toRow(
  { destination, messageId, type, eventName = null, body, acceptedAt, fate, isBackfilled }: NewEvent,
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
    anonymous_id: 'anonymousId' in fate ? userKey(fate.anonymousId) : null,
    backfilled: isBackfilled ? (1 as const) : (0 as const),
    event_name: eventName,
  };
}
