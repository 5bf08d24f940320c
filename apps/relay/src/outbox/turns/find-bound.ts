import { IS_PENDING, MAY_LEAD } from '../schema/conditions';
import { isOneOf } from '../schema/is-one-of';
import type { Tx } from '../schema/outbox-schema';

/** Those lanes in which an Alias waits, or to whose users one does. */
export async function findBound(
  tx: Tx,
  { destination }: { readonly destination: string },
  lanes: readonly string[],
): Promise<ReadonlySet<string | null>> {
  if (lanes.length === 0) return new Set();
  const from = tx
    .selectFrom('events')
    .select('lane as user')
    .where('destination', '=', destination)
    .where(isOneOf(tx, 'lane', lanes))
    .where(IS_PENDING)
    .where(MAY_LEAD)
    .where('other_user', 'is not', null);
  const to = tx
    .selectFrom('events')
    .select('other_user as user')
    .where('destination', '=', destination)
    .where('other_user', 'is not', null)
    .where(isOneOf(tx, 'other_user', lanes))
    .where(IS_PENDING);
  const rows = await from.union(to).execute();
  return new Set(rows.map(({ user }) => user));
}
