import { fateColumns } from './accept-events';
import { queueInLanes } from './lanes';
import type { Queued, Tx } from './lanes';
import type { OutboxPort } from './outbox.port';

/** Makes dead letters wait again, or end otherwise, as `fate` says. Returns how many wait. */
export async function requeue(tx: Tx, events: Parameters<OutboxPort['requeue']>[0], now: number): Promise<number> {
  const queued: Queued[] = [];
  for (const { id, fate } of events) {
    const row = await tx
      .updateTable('events')
      .set({ ...fateColumns(fate, now), queued_at: now })
      .where('id', '=', id)
      .where('state', '=', 'rejected')
      .returning('destination')
      .executeTakeFirst();
    if (row && 'lane' in fate) queued.push({ id, destination: row.destination, queuedAt: now, fate });
  }
  await queueInLanes(
    tx,
    queued.sort((a, b) => a.id - b.id),
  );
  return queued.length;
}
