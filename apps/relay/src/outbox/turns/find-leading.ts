import { LEADING_PER_TURN } from '@segment-userleap/delivery';
import type { Selectable } from 'kysely';
import { IS_PENDING, MAY_LEAD } from '../schema/conditions';
import type { LaneColumns, Tx } from '../schema/outbox-schema';
import { selectHeads } from './event-heads';
import type { EventHead } from './event-heads';

/**
 * What creates the user of a lane that holds more than goes out at once, from behind `after` on: however much waits before it,
 * none of that can go before it. Not what stands behind an Alias, nor of lanes that Aliases bind.
 */
export async function findLeading(
  tx: Tx,
  [lane, ...more]: readonly Selectable<LaneColumns>[],
  after: number,
): Promise<readonly EventHead[]> {
  if (lane?.creates_user !== 1 || more.length > 0) return [];
  const found = await selectHeads(tx)
    .where('destination', '=', lane.destination)
    .where('lane', '=', lane.lane)
    .where(IS_PENDING)
    .where(MAY_LEAD)
    .where('id', '>', after)
    .orderBy('id')
    .limit(LEADING_PER_TURN)
    .execute();
  const alias = found.findIndex(({ type }) => type === 'alias');
  return alias < 0 ? found : found.slice(0, alias);
}
