import { sql } from 'kysely';
import { IS_PENDING, refreshLane } from './lanes';
import type { Tx } from './lanes';

const LANES_PER_STEP = 50;

/** Makes dead letters of what was queued before `before` in lanes that are not in flight, a few lanes at a time. Returns how many. */
export async function giveUp(
  tx: Tx,
  { destination, before, now, sentence }: { destination: string; before: number; now: number; sentence: string },
): Promise<number> {
  const lanes = await tx
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where('queued_at', '<', before)
    .where('leased', '=', 0)
    .orderBy('queued_at')
    .limit(LANES_PER_STEP)
    .execute();
  let given = 0;
  for (const { lane } of lanes) {
    const result = await tx
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
      .executeTakeFirst();
    given += Number(result.numUpdatedRows);
    await refreshLane(tx, destination, lane);
  }
  return given;
}
