import type { CountedTx } from '../counting/counted-write';
import { IS_SETTLED } from '../schema/conditions';
import { ERASED } from '../schema/erased';
import type { Tx } from '../schema/outbox-schema';

/** Whose an event is: its own user's, or the new user's of an Alias. */
export const OWNERS = ['lane', 'other_user'] as const;

/** Removes what the store still holds of a user up to an event: content, texts and ids. What became of events stays. */
export async function eraseSettled(
  tx: CountedTx,
  { destination, userId, upTo, now }: { destination: string; userId: string; upTo: number; now: number },
): Promise<void> {
  for (const owner of OWNERS) {
    const rows = await tx
      .updateTable('events')
      .set(ERASED)
      .where('destination', '=', destination)
      .where(owner, '=', userId)
      .where(IS_SETTLED)
      .where('id', '<=', upTo)
      .returning(['state', 'type', 'reason'])
      .execute();
    const changes = rows.map(({ state, type, reason }) => {
      return { destination, type, from: { state, reason }, to: { state, reason, erased: 1 as const } };
    });
    tx.tally.count(now, changes);
  }
}

/** Whether something of the user is still held among these events: it was not erased while they were on their way. */
export async function isHeld(tx: Tx, userId: string, ids: readonly number[]): Promise<boolean> {
  const event = await tx
    .selectFrom('events')
    .select('id')
    .where('id', 'in', ids)
    .where((row) => row.or([row('lane', '=', userId), row('other_user', '=', userId)]))
    .limit(1)
    .executeTakeFirst();
  return event !== undefined;
}
