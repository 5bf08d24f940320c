import { IS_PENDING } from '../schema/conditions';
import { isOneOf } from '../schema/is-one-of';
import { keptQuery } from '../schema/kept-query';
import type { Tx } from '../schema/outbox-schema';

/** Those lanes in which an Alias waits, or to whose users one does. */
export async function findBound(
  tx: Tx,
  { destination }: { readonly destination: string },
  lanes: readonly string[],
): Promise<ReadonlySet<string | null>> {
  if (lanes.length === 0) return new Set();
  return new Set((await select(tx, { destination, lanes })).map(({ user }) => user));
}

interface Named {
  readonly destination: string;
  readonly lanes: readonly string[];
}

const select = keptQuery((db, { destination, lanes }: Named) => {
  const from = db
    .selectFrom('events')
    .select('lane as user')
    .where('destination', '=', destination)
    .where(isOneOf(db, 'lane', lanes))
    .where(IS_PENDING)
    .where('other_user', 'is not', null);
  const to = db
    .selectFrom('events')
    .select('other_user as user')
    .where('destination', '=', destination)
    .where('other_user', 'is not', null)
    .where(isOneOf(db, 'other_user', lanes))
    .where(IS_PENDING);
  return from.union(to);
});
