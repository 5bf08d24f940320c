import { REASONS } from '@segment-userleap/mapping';
import { sql } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { PARKED } from '../counting/tally';
import type { EndParkedCall } from '../port/steps';
import type { EndedEvents } from '../port/turn';
import { IS_PENDING } from '../schema/conditions';
import { endPending } from './end-pending';
import { refreshLane } from './lanes';

const LANES_PER_STEP = 50;

/**
 * Makes dead letters of what has been parked for too long, or of what is too much: of a few lanes, the oldest events first.
 * Lanes whose users are to be looked up by now are left alone: that comes first.
 */
export async function endParked(tx: CountedTx, call: EndParkedCall): Promise<readonly EndedEvents[]> {
  const { destination, before, now, lane, sentence } = call;
  let query = tx
    .selectFrom('lanes')
    .select(['lane', 'queued_at'])
    .where('destination', '=', destination)
    .where(sql<boolean>`parked = 1`)
    .where('leased', '=', 0)
    .orderBy('queued_at')
    .limit(LANES_PER_STEP)
    .forUpdate()
    .skipLocked();
  if (before !== undefined) query = query.where('queued_at', '<', before).where('due_at', '>', now);
  if (lane !== undefined) query = query.where('lane', '=', lane);
  const lanes = await query.execute();
  // What is in no lane of these is younger.
  const until = before ?? (lane === undefined && lanes.length === LANES_PER_STEP ? lanes.at(-1)?.queued_at : undefined);
  const message = `${sentence}; ${REASONS[PARKED]}`;
  const end = { state: 'rejected', set: { reason: PARKED, message }, reasonAfter: () => PARKED } as const;
  const given: EndedEvents[] = [];
  let left = call.limit;
  for (const one of lanes) {
    if (left <= 0) break;
    const oldest = tx
      .selectFrom('events')
      .select(['id', 'type', 'reason'])
      .where('destination', '=', destination)
      .where('lane', '=', one.lane)
      .where(IS_PENDING)
      .$if(until !== undefined, (events) => events.where('queued_at', before === undefined ? '<=' : '<', until ?? 0))
      .orderBy('id')
      .limit(left);
    const events = await oldest.execute();
    if (events.length === 0) continue;
    given.push(...(await endPending(tx, call, events, end)));
    left -= events.length;
    await refreshLane(tx, destination, one.lane);
  }
  return given;
}
