import type { Db, Tx } from '../schema/outbox-schema';

/** Reads everything as it was at one moment, whatever others write meanwhile. */
export function readAtOnce<T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('repeatable read').execute(read);
}
