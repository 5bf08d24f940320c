import { isOneOf } from '../schema/is-one-of';
import { keptQuery } from '../schema/kept-query';
import type { Tx } from '../schema/outbox-schema';
import type { Lane } from './find-lanes';

/**
 * Locks lanes without a Delete that are not in flight, until the transaction ends, and gives them as they are now. Those that
 * another process holds or has taken up are left out.
 */
export function lockLanes(
  tx: Tx,
  { destination }: { readonly destination: string },
  names: readonly string[],
): Promise<readonly Lane[]> {
  return select(tx, { destination, names });
}

interface Named {
  readonly destination: string;
  readonly names: readonly string[];
}

const select = keptQuery((db, { destination, names }: Named) =>
  db
    .selectFrom('lanes')
    .selectAll()
    .where('destination', '=', destination)
    .where(isOneOf(db, 'lane', names))
    .where('leased', '=', 0)
    .where('last_delete', 'is', null)
    .orderBy('lane')
    .forUpdate()
    .skipLocked(),
);
