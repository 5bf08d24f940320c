import type { Selectable } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import type { MoveCall } from '../port/other-destination';
import type { Fate } from '../port/outbox.port';
import { IS_PENDING } from '../schema/conditions';
import type { EventColumns, Tx } from '../schema/outbox-schema';
import { fateColumns } from './fate-columns';
import { queueInLanes } from './queue-in-lanes';
import type { Queued } from './queue-in-lanes';
import { refreshLanes } from './refresh-lanes';

type Moving = Pick<Selectable<EventColumns>, 'id' | 'message_id' | 'type' | 'reason' | 'lane' | 'backfilled'> & {
  readonly fate: Fate;
};

/**
 * Has events wait at another destination, or end there, as `fate` says; what is in flight stays. One whose message id is there
 * already ends where it is. Returns how many do not wait there any more.
 */
export async function moveWaiting(tx: CountedTx, call: MoveCall): Promise<number> {
  const { from, to, now } = call;
  const events = await findMovable(tx, call);
  const known = await findMessageIds(
    tx,
    to,
    events.map(({ message_id }) => message_id),
  );
  const queued: Queued[] = [];
  for (const { id, message_id, type, reason, backfilled, fate } of events) {
    const pending = { state: 'pending', reason } as const;
    if (known.has(message_id)) {
      const message = `messageId: destination ${to} has this event already`;
      await tx
        .updateTable('events')
        .set({ state: 'filtered', reason: null, message, settled_at: now })
        .where('id', '=', id)
        .execute();
      tx.tally.count(now, [{ destination: from, type, from: pending, to: { state: 'filtered', reason: null } }]);
      continue;
    }
    const columns = fateColumns(fate, now);
    await tx
      .updateTable('events')
      .set({ ...columns, destination: to, queued_at: now })
      .where('id', '=', id)
      .execute();
    tx.tally.count(now, [
      { destination: from, type, from: pending },
      { destination: to, type, to: columns },
    ]);
    if ('lane' in fate) queued.push({ id, destination: to, type, queuedAt: now, fate, isBackfilled: backfilled === 1 });
  }
  await queueInLanes(
    tx,
    queued.sort((a, b) => a.id - b.id),
  );
  await refreshLanes(tx, from, events);
  return events.length;
}

/** Those that still wait there, and are not in flight. */
async function findMovable(tx: Tx, { from, events }: MoveCall): Promise<readonly Moving[]> {
  const fates = new Map(events.map(({ id, fate }) => [id, fate]));
  if (fates.size === 0) return [];
  const rows = await tx
    .selectFrom('events')
    .select(['id', 'message_id', 'type', 'reason', 'lane', 'backfilled'])
    .where('id', 'in', [...fates.keys()])
    .where('destination', '=', from)
    .where(IS_PENDING)
    .where('lane', 'not in', (lanes) =>
      lanes.selectFrom('lanes').select('lane').where('destination', '=', from).where('leased', '=', 1),
    )
    .execute();
  return rows.flatMap((row) => {
    const fate = fates.get(row.id);
    return fate ? [{ ...row, fate }] : [];
  });
}

async function findMessageIds(
  tx: Tx,
  destination: string,
  messageIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (messageIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('events')
    .select('message_id')
    .where('destination', '=', destination)
    .where('message_id', 'in', messageIds)
    .execute();
  return new Set(rows.map(({ message_id }) => message_id));
}
