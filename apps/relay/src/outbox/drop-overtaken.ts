import type { Selectable } from 'kysely';
import { IS_PENDING, refreshLane } from './lanes';
import type { Tx } from './lanes';
import type { EndedEvent } from './outbox.port';
import type { LaneTable } from './outbox-schema';

type Lane = Pick<Selectable<LaneTable>, 'lane' | 'last_delete'>;

/**
 * Settles what was queued for users before their Delete: it is not sent any more. So is an Alias that would bring such a
 * user back, unless it is on its way already. Returns what it settled.
 */
export async function dropOvertaken(
  tx: Tx,
  { destination, now }: { destination: string; now: number },
  lanes: readonly Lane[],
  message: string,
): Promise<readonly EndedEvent[]> {
  const dropped: EndedEvent[] = [];
  for (const { lane, last_delete } of lanes) {
    const ended = { state: 'filtered', reason: 'user_deleted', message, settled_at: now } as const;
    const overtaken = tx
      .updateTable('events')
      .set(ended)
      .where('destination', '=', destination)
      .where(IS_PENDING)
      .where('id', '<', last_delete);
    const own = await overtaken.where('lane', '=', lane).where('type', '!=', 'delete').returning('type').execute();
    const aliases = await overtaken
      .where('other_user', '=', lane)
      .where('lane', 'in', (db) =>
        db.selectFrom('lanes').select('lane').where('destination', '=', destination).where('leased', '=', 0),
      )
      .returning(['type', 'lane'])
      .execute();
    dropped.push(...[...own, ...aliases].map(({ type }) => ({ type, reason: ended.reason })));
    for (const alias of aliases) if (alias.lane !== null) await refreshLane(tx, destination, alias.lane);
  }
  return dropped;
}
