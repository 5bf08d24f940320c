import type { Selectable, UpdateObject } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import type { Ended, EventColumns, OutboxSchema } from '../schema/outbox-schema';
import type { EndedEvents } from '../port/turn';

/** How events end: what is set, and the reason that gives an event that had this one so far. */
export interface End {
  readonly state: Ended;
  readonly set: UpdateObject<OutboxSchema, 'events'>;
  reasonAfter(before: string | null): string;
}

/** What has to be known of an event that waits. */
export type WaitingEvent = Pick<Selectable<EventColumns>, 'id' | 'type' | 'reason'>;

/** Ends what waits at a destination, in a lane that nobody else changes meanwhile. Returns it, by type and reason. */
export async function endPending(
  tx: CountedTx,
  { destination, now }: { destination: string; now: number },
  events: readonly WaitingEvent[],
  { state, set, reasonAfter }: End,
): Promise<readonly EndedEvents[]> {
  if (events.length === 0) return [];
  const ids = events.map(({ id }) => id);
  await tx
    .updateTable('events')
    .set({ ...set, state, settled_at: now })
    .where('id', 'in', ids)
    .execute();
  const counts = new Map<string, EndedEvents>();
  for (const { type, reason: before } of events) {
    const reason = reasonAfter(before);
    const change = { destination, type, from: { state: 'pending' as const, reason: before }, to: { state, reason } };
    tx.tally.count(now, [change]);
    const key = `${type} ${reason}`;
    counts.set(key, { type, reason, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
