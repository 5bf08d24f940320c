import type { Db, Tx } from '../schema/outbox-schema';
import { Tally } from './tally';

/** A transaction in which events change: what it counts is written when it ends. `countedWrite` is the only way to one. */
export type CountedTx = Tx & { readonly tally: Tally };

/** Does the work in one transaction, and keeps what it has counted. */
export function countedWrite<T>(db: Db, work: (tx: CountedTx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const tally = new Tally();
    const value = await work(Object.assign(tx, { tally }));
    await tally.write(tx);
    return value;
  });
}
