import type { Expression, ExpressionBuilder, SqlBool, UpdateObject } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { IS_PENDING } from '../schema/conditions';
import type { EventState, OutboxSchema } from '../schema/outbox-schema';
import type { EndedEvents } from '../port/turn';

type Matches = (event: ExpressionBuilder<OutboxSchema, 'events'>) => Expression<SqlBool>;

/** How events end: what is set, and the reason that gives an event that had this one so far. */
export interface End {
  readonly state: Exclude<EventState, 'pending'>;
  readonly set: UpdateObject<OutboxSchema, 'events'>;
  reasonAfter(before: string | null): string;
}

/** Ends what waits at a destination and matches. Returns those, by type and reason. */
export async function endPending(
  tx: CountedTx,
  { destination, now }: { destination: string; now: number },
  matches: Matches,
  { state, set, reasonAfter }: End,
): Promise<readonly EndedEvents[]> {
  const waiting = await tx
    .selectFrom('events')
    .select((event) => ['type', 'reason', event.fn.countAll<number>().as('count')])
    .where('destination', '=', destination)
    .where(IS_PENDING)
    .where(matches)
    .groupBy(['type', 'reason'])
    .execute();
  if (waiting.length === 0) return [];
  await tx
    .updateTable('events')
    .set({ ...set, state, settled_at: now })
    .where('destination', '=', destination)
    .where(IS_PENDING)
    .where(matches)
    .execute();
  const changes = waiting.map(({ type, reason, count }) => {
    const from = { state: 'pending', reason } as const;
    return { destination, type, from, to: { state, reason: reasonAfter(reason) }, count: Number(count) };
  });
  tx.tally.count(now, changes);
  return changes.map(({ type, to, count }) => ({ type, reason: to.reason, count }));
}
