import type { Db, Tx } from '../schema/outbox-schema';
import { Tally } from './tally';

/** A transaction in which events change: what it counts is written when it ends. `countedWrite` is the only way to one. */
export type CountedTx = Tx & { readonly tally: Tally };

/** Does the work in one transaction, and keeps what it has counted, which `tell` hears of once it is kept. */
export async function countedWrite<T>(
  db: Db,
  work: (tx: CountedTx) => Promise<T>,
  tell: (tally: Tally) => void = () => undefined,
): Promise<T> {
  const tally = new Tally();
  const value = await db.transaction().execute(async (tx) => {
    const result = await work(Object.assign(tx, { tally }));
    await tally.write(tx);
    return result;
  });
  tell(tally);
  return value;
}
