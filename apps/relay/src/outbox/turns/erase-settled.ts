import type { CountedTx } from '../counting/counted-write';
import { IS_SETTLED } from '../schema/conditions';
import { isOneOf } from '../schema/is-one-of';
import { ERASED } from '../schema/erased';
import type { Tx } from '../schema/outbox-schema';

/** Whose an event is: its own user's, or the new user's of an Alias. */
export const OWNERS = ['lane', 'other_user'] as const;

interface EraseCall {
  readonly destination: string;
  readonly userId: string;
  readonly upTo: number;
  readonly now: number;
  /** How many events at most. */
  readonly limit: number;
}

/**
 * Removes what the store still holds of a user up to an event: content, texts and ids. What became of events stays. What is
 * more than it may take at a time is left to `goOnErasing`. Returns how many events it took.
 */
export async function eraseSettled(tx: CountedTx, call: EraseCall): Promise<number> {
  const { destination, userId, upTo } = call;
  const erased = await eraseSome(tx, call);
  if (erased < call.limit) return erased;
  await tx
    .insertInto('erasures')
    .values({ destination, user_id: userId, up_to: upTo })
    .onConflict((conflict) =>
      conflict.columns(['destination', 'user_id']).doUpdateSet({ up_to: upTo }).where('erasures.up_to', '<', upTo),
    )
    .execute();
  return erased;
}

/** Takes a step further what was too much to be erased at once. Returns how many events it took; none: nothing is left. */
export async function goOnErasing(
  tx: CountedTx,
  call: { readonly now: number; readonly limit: number },
): Promise<number> {
  for (const { destination, user_id, up_to } of await tx
    .selectFrom('erasures')
    .selectAll()
    .limit(USERS_PER_STEP)
    .execute()) {
    const erased = await eraseSome(tx, { ...call, destination, userId: user_id, upTo: up_to });
    if (erased > 0) return erased;
    await tx
      .deleteFrom('erasures')
      .where('destination', '=', destination)
      .where('user_id', '=', user_id)
      .where('up_to', '=', up_to)
      .execute();
  }
  return 0;
}

const USERS_PER_STEP = 100;

async function eraseSome(tx: CountedTx, { destination, userId, upTo, now, limit }: EraseCall): Promise<number> {
  let erased = 0;
  for (const owner of OWNERS) {
    if (erased === limit) break;
    const events = await tx
      .selectFrom('events')
      .select(['id', 'state', 'type', 'reason'])
      .where('destination', '=', destination)
      .where(owner, '=', userId)
      .where(IS_SETTLED)
      .where('id', '<=', upTo)
      // The order of the index: PostgreSQL would else read on through the table for a last one that there is not.
      .$if(owner === 'lane', (events) => events.orderBy('accepted_at').orderBy('id'))
      .limit(limit - erased)
      .forUpdate()
      .execute();
    if (events.length === 0) continue;
    const ids = events.map(({ id }) => id);
    await tx.updateTable('events').set(ERASED).where('id', 'in', ids).execute();
    const changes = events.map(({ state, type, reason }) => {
      return { destination, type, from: { state, reason }, to: { state, reason, erased: 1 as const } };
    });
    tx.tally.count(now, changes);
    erased += events.length;
  }
  return erased;
}

/** Of whom something is still held among these events: it was not erased while they were on their way. */
export async function findHeldUsers(tx: Tx, events: readonly { readonly id: number }[]): Promise<ReadonlySet<string>> {
  const ids = events.map(({ id }) => id);
  const rows = await tx
    .selectFrom('events')
    .select(['lane', 'other_user'])
    .where(isOneOf(tx, 'id', ids))
    .execute();
  return new Set(rows.flatMap(({ lane, other_user }) => [lane, other_user].flatMap((userId) => userId ?? [])));
}
