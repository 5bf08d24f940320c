import { fateColumns } from './fate-columns';
import type { CountedTx } from '../counting/counted-write';
import { addReplay } from './event-history';
import { queueInLanes } from './queue-in-lanes';
import type { Queued } from './queue-in-lanes';
import type { OutboxPort } from '../port/outbox.port';

/** Makes dead letters wait again, or end otherwise, as `fate` says. */
export async function requeue(tx: CountedTx, events: Parameters<OutboxPort['requeue']>[0], now: number): Promise<void> {
  const queued: Queued[] = [];
  for (const { id, fate } of events) {
    const letter = await tx
      .selectFrom('events')
      .select(['destination', 'type', 'reason', 'message', 'settled_at', 'replays'])
      .where('id', '=', id)
      .where('state', '=', 'rejected')
      .where('body', '!=', '')
      .executeTakeFirst();
    if (!letter) continue;
    const { destination, type, reason } = letter;
    const columns = { ...fateColumns(fate, now), queued_at: now, replays: addReplay(letter, now) };
    await tx.updateTable('events').set(columns).where('id', '=', id).execute();
    const waiting = { state: 'pending', reason: null } as const;
    tx.tally.count(now, [
      { destination, type, from: { state: 'rejected', reason }, to: waiting },
      { destination, type, from: waiting, to: columns },
    ]);
    if ('lane' in fate) queued.push({ id, destination, type, queuedAt: now, fate });
  }
  await queueInLanes(
    tx,
    queued.sort((a, b) => a.id - b.id),
  );
}
