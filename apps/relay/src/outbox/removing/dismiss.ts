import type { CountedTx } from '../counting/counted-write';
import type { DismissCall } from '../port/dead-letters';
import { findEnded } from '../reading/find-ended';
import { IS_REPLAYABLE } from '../schema/conditions';
import { executeForRows } from '../schema/execute-for-rows';
import type { RowStatement } from '../schema/execute-for-rows';
import { addReplay } from '../turns/event-history';

const UPDATE: RowStatement = {
  one: `UPDATE events SET state = 'dismissed', settled_at = ?, replays = ? WHERE id = ?`,
  all: `
    UPDATE events SET state = 'dismissed', settled_at = new.settled_at, replays = new.replays
    FROM unnest($1::bigint[], $2::text[], $3::bigint[]) AS new (settled_at, replays, id) WHERE events.id = new.id`,
};

/** Puts away some dead letters, the oldest first. Returns how many; none: no more fit. */
export async function dismiss(tx: CountedTx, { filter, now, limit }: DismissCall): Promise<number> {
  const found = await findEnded(tx, { ...filter, state: 'rejected' }, undefined, limit);
  if (found.length === 0) return 0;
  const letters = await tx
    .selectFrom('events')
    .select(['id', 'destination', 'type', 'state', 'reason', 'message', 'settled_at', 'replays'])
    .where(
      'id',
      'in',
      found.map(({ id }) => id),
    )
    .where(IS_REPLAYABLE)
    .orderBy('id')
    .forUpdate()
    .execute();
  await executeForRows(
    tx,
    UPDATE,
    letters.map((letter) => [now, addReplay(letter, now, { isDismissal: true }), letter.id]),
  );
  const changes = letters.map(({ destination, type, reason }) => {
    const kind = { destination, type };
    return { ...kind, from: { state: 'rejected', reason }, to: { state: 'dismissed', reason } } as const;
  });
  tx.tally.count(now, changes);
  return letters.length;
}
