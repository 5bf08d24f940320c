import type { CountedTx } from '../counting/counted-write';
import { listDestinations } from '../counting/list-destinations';
import type { EraseHeldCall } from '../port/steps';
import { IS_HELD } from '../schema/conditions';
import { ERASED } from '../schema/erased';
import { isOneOf } from '../schema/is-one-of';

/** Erases some of what is held under an anonymous id. Returns how many events. */
export async function eraseHeld(tx: CountedTx, call: EraseHeldCall): Promise<number> {
  const { anonymousId, destination, now, limit } = call;
  const end = { state: 'filtered', reason: 'user_deleted' } as const;
  let erased = 0;
  for (const name of destination === undefined ? await listDestinations(tx) : [destination]) {
    const rows = await tx
      .selectFrom('events')
      .select(['id', 'type'])
      .where('destination', '=', name)
      .where('anonymous_id', '=', anonymousId)
      .where(IS_HELD)
      .orderBy('id')
      .limit(limit - erased)
      .forUpdate()
      .execute();
    if (rows.length === 0) continue;
    const ids = rows.map(({ id }) => id);
    await tx
      .updateTable('events')
      .set({ ...ERASED, ...end, settled_at: now })
      .where(isOneOf(tx, 'id', ids))
      .execute();
    const from = { state: 'held', reason: null } as const;
    tx.tally.count(
      now,
      rows.map(({ type }) => ({ destination: name, type, from, to: { ...end, erased: 1 as const } })),
    );
    erased += rows.length;
  }
  return erased;
}
