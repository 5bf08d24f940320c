import { REASONS } from '@segment-userleap/mapping';
import type { Selectable } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import type { EndedHeld, EndHeldCall } from '../port/steps';
import { IS_HELD } from '../schema/conditions';
import { isOneOf } from '../schema/is-one-of';
import type { EventColumns, EventCountColumns, Tx } from '../schema/outbox-schema';

type Kind = Pick<EventCountColumns, 'destination' | 'type' | 'count'>;
type Row = Pick<Selectable<EventColumns>, 'id' | 'destination' | 'type' | 'accepted_at'>;

/**
 * Ends some of what nobody has claimed in time, or else of what is more than may be held, the oldest first. What somebody is about
 * to claim is left alone. Returns it, by destination and type.
 */
export async function endHeld(tx: CountedTx, { before, most, now, limit }: EndHeldCall): Promise<readonly EndedHeld[]> {
  const kinds = await findKinds(tx);
  const tooLong = await findOldest(tx, kinds, limit, before);
  if (tooLong.length > 0) return endAll(tx, tooLong, { now, isTooMuch: false });
  const excess = kinds.reduce((sum, { count }) => sum + Number(count), 0) - most;
  if (excess <= 0) return [];
  return endAll(tx, await findOldest(tx, kinds, Math.min(limit, excess)), { now, isTooMuch: true });
}

function findKinds(tx: Tx): Promise<readonly Kind[]> {
  return tx
    .selectFrom('event_counts')
    .select(['destination', 'type', 'count'])
    .where('state', '=', 'held')
    .where('count', '>', 0)
    .execute();
}

/** Of each kind an index has them in order of their arrival. */
async function findOldest(
  tx: Tx,
  kinds: readonly Kind[],
  limit: number,
  before: number | undefined = undefined,
): Promise<readonly Row[]> {
  const oldest: Row[] = [];
  for (const { destination, type } of kinds) {
    const rows = await tx
      .selectFrom('events')
      .select(['id', 'destination', 'type', 'accepted_at'])
      .where('type', '=', type)
      .where('reason', 'is', null)
      .where(IS_HELD)
      .where('destination', '=', destination)
      .$if(before !== undefined, (events) => events.where('accepted_at', '<', before ?? 0))
      .orderBy('reason')
      .orderBy('accepted_at')
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute();
    oldest.push(...rows);
  }
  return oldest.sort((a, b) => a.accepted_at - b.accepted_at || a.id - b.id).slice(0, limit);
}

async function endAll(
  tx: CountedTx,
  rows: readonly Row[],
  { now, isTooMuch }: { readonly now: number; readonly isTooMuch: boolean },
): Promise<readonly EndedHeld[]> {
  if (rows.length === 0) return [];
  const end = { state: 'unsupported', reason: 'anonymous_user' } as const;
  const ids = rows.map(({ id }) => id);
  await tx
    .updateTable('events')
    .set({ ...end, message: REASONS.anonymous_user, settled_at: now })
    .where(isOneOf(tx, 'id', ids))
    .execute();
  const ended = new Map<string, EndedHeld>();
  for (const { destination, type } of rows) {
    tx.tally.count(now, [{ destination, type, from: { state: 'held', reason: null }, to: end }]);
    const key = `${destination} ${type}`;
    const count = (ended.get(key)?.count ?? 0) + 1;
    ended.set(key, { destination, type, reason: end.reason, count, isTooMuch });
  }
  return [...ended.values()];
}
