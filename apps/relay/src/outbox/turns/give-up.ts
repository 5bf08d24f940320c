import { REASONS } from '@segment-userleap/mapping';
import { sql } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { endPending } from './end-pending';
import { IS_PENDING } from '../schema/conditions';
import { refreshLane } from './lanes';
import type { GiveUpCall } from '../port/outbox.port';
import type { EndedEvents } from '../port/turn';

const LANES_PER_STEP = 50;

/**
 * Makes dead letters of what was queued before `before` in lanes that are not in flight, a few lanes at a time; not in lanes with
 * a Delete that the key may not send: it is a person who has to mend that. Returns those.
 */
export async function giveUp(tx: CountedTx, call: GiveUpCall): Promise<readonly EndedEvents[]> {
  const { destination, before, sentence, pausedBy } = call;
  const lanes = await tx
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where('queued_at', '<', before)
    .where('leased', '=', 0)
    .where(({ not, exists, selectFrom }) =>
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
    )
    .orderBy('queued_at')
    .limit(LANES_PER_STEP)
    .forUpdate()
    .skipLocked()
    .execute();
  // Of what was never tried.
  const reason = pausedBy ?? 'out_of_time';
  const message = pausedBy ? `${sentence}; ${REASONS[pausedBy]}` : sentence;
  const given: EndedEvents[] = [];
  for (const { lane } of lanes) {
    const ended = await endPending(
      tx,
      call,
      (event) => event.and([event('lane', '=', lane), event('queued_at', '<', before)]),
      {
        state: 'rejected',
        set: {
          reason: sql`COALESCE(reason, ${reason})`,
          message: sql`COALESCE(${sentence} || '; ' || message, ${message})`,
        },
        reasonAfter: (before) => before ?? reason,
      },
    );
    given.push(...ended);
    await refreshLane(tx, destination, lane);
  }
  return given;
}
