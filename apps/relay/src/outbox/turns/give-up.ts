import { REASONS } from '@segment-userleap/mapping';
import { sql } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { endPending } from './end-pending';
import type { End, WaitingEvent } from './end-pending';
import { IS_PENDING } from '../schema/conditions';
import { LOOKED_AT, refreshLane } from './lanes';
import type { Tx } from '../schema/outbox-schema';
import type { GiveUpCall } from '../port/steps';
import type { EndedEvents } from '../port/turn';

const LANES_PER_STEP = 50;

// Written out, as it is a part of an index.
const IS_TRIED_BACKFILL = sql<boolean>`backfilled = 1 AND attempts > 0`;

/**
 * Makes dead letters of what was queued before `before` in lanes that are not in flight, a few events of a few lanes at a time;
 * not in lanes with a Delete that the key may not send: it is a person who has to mend that; nor what is backfilled and was never
 * tried: it has waited for the budget alone. Returns those.
 */
export async function giveUp(tx: CountedTx, call: GiveUpCall): Promise<readonly EndedEvents[]> {
  const { destination, sentence, pausedBy } = call;
  const lanes = [
    ...(await lateLanes(tx, call).where('backfilled', '=', 0).execute()),
    ...(await lateLanes(tx, call)
      .where(call.isForUntried ? sql<boolean>`backfilled = 1` : IS_TRIED_BACKFILL)
      .execute()),
  ];
  // Of what was never tried.
  const reason = pausedBy ?? 'out_of_time';
  const message = pausedBy ? `${sentence}; ${REASONS[pausedBy]}` : sentence;
  const end: End = {
    state: 'rejected',
    set: {
      reason: sql<string>`COALESCE(reason, ${reason})`,
      message: sql<string>`COALESCE(${sentence} || '; ' || message, ${message})`,
    },
    reasonAfter: (before) => before ?? reason,
  };
  const given: EndedEvents[] = [];
  let left = call.limit;
  for (const { lane } of lanes) {
    if (left === 0) break;
    const late = (await loadLate(tx, call, lane)).slice(0, left);
    left -= late.length;
    given.push(...(await endPending(tx, call, late, end)));
    await refreshLane(tx, destination, lane);
    if (late.length === 0) await standBehind(tx, call, lane);
  }
  return given;
}

/** Some lanes in which something has waited for too long, the longest wait first. */
function lateLanes(tx: Tx, { destination, before }: GiveUpCall) {
  return tx
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where('queued_at', '<', before)
    .where('leased', '=', 0)
    .where(({ eb, not, or, exists, selectFrom }) =>
      or([
        // A long lane without a Delete is not looked through.
        eb('last_delete', 'is', null),
        not(
          exists(
            selectFrom('events')
              .select('events.id')
              .whereRef('events.destination', '=', 'lanes.destination')
              .whereRef('events.lane', '=', 'lanes.lane')
              .where(IS_PENDING)
              .where('reason', '=', 'purge_not_allowed'),
          ),
        ),
      ]),
    )
    .orderBy('queued_at')
    .limit(LANES_PER_STEP)
    .forUpdate()
    .skipLocked();
}

/** In a live lane more backfilled events than are looked at may stand before what is live: it keeps no other from being found. */
async function standBehind(tx: Tx, { destination, before }: GiveUpCall, lane: string): Promise<void> {
  await tx
    .updateTable('lanes')
    .set({ queued_at: before })
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .where('queued_at', '<', before)
    .execute();
}

/** Of what waits in a lane, as far as `refreshLane` looks, too: so the lane is not found again for what stands behind that. */
async function loadLate(tx: Tx, call: GiveUpCall, lane: string): Promise<readonly WaitingEvent[]> {
  const first = await tx
    .selectFrom('events')
    .select(['id', 'type', 'reason', 'queued_at', 'attempts', 'backfilled'])
    .where('destination', '=', call.destination)
    .where('lane', '=', lane)
    .where(IS_PENDING)
    .orderBy('id')
    .limit(LOOKED_AT)
    .execute();
  return first.filter(({ queued_at, attempts, backfilled }) => {
    return queued_at < call.before && (backfilled === 0 || attempts > 0 || call.isForUntried);
  });
}
