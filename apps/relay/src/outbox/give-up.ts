import { sql } from 'kysely';
import { IS_PENDING, refreshLane } from './lanes';
import type { Tx } from './lanes';
import type { EndedEvent } from './outbox.port';

const LANES_PER_STEP = 50;

/** Makes dead letters of what was queued before `before` in lanes that are not in flight, a few lanes at a time. Returns those. */
export async function giveUp(
  tx: Tx,
  { destination, before, now, sentence }: { destination: string; before: number; now: number; sentence: string },
): Promise<readonly EndedEvent[]> {
  const lanes = await tx
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where('queued_at', '<', before)
    .where('leased', '=', 0)
    .orderBy('queued_at')
    .limit(LANES_PER_STEP)
    .execute();
  const given: EndedEvent[] = [];
  for (const { lane } of lanes) {
    const events = await tx
      .updateTable('events')
      .set({
        state: 'rejected',
        reason: sql`COALESCE(reason, 'out_of_time')`,
        message: sql`${sentence} || COALESCE('; ' || message, '')`,
        settled_at: now,
      })
      .where('destination', '=', destination)
      .where('lane', '=', lane)
      .where(IS_PENDING)
      .where('queued_at', '<', before)
      .returning(['type', 'reason'])
      .execute();
    given.push(...events.map(({ type, reason }) => ({ type, reason: reason ?? 'out_of_time' })));
    await refreshLane(tx, destination, lane);
  }
  return given;
}
