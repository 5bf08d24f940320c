import type { Db } from './outbox-schema';

/** Why no relay works on a store in SQLite that was moved. */
export const MOVED = 'this store was moved to PostgreSQL, and is out of date here: set DATABASE_URL to where it is now';

/**
 * Before a relay works on a store in SQLite: throws where it was moved. A move that is not complete is given up: it would
 * miss what comes now.
 */
export async function stayInSqlite(db: Db): Promise<void> {
  const moves = await db.selectFrom('store_moves').select('state').execute();
  if (moves.some(({ state }) => state === 'complete')) throw new Error(MOVED);
  if (moves.some(({ state }) => state === 'under_way')) await giveUpMoves(db);
}

/** Nothing that was copied so far counts any more. */
export async function giveUpMoves(db: Db): Promise<void> {
  await db.updateTable('store_moves').set({ state: 'given_up' }).where('state', '=', 'under_way').execute();
}

/** Before a relay works on a store in PostgreSQL: throws where it is half of one. */
export async function refuseHalfStore(db: Db): Promise<void> {
  const half = await db
    .selectFrom('store_moves')
    .select('id')
    .where('state', '!=', 'complete')
    .limit(1)
    .executeTakeFirst();
  if (half) throw new Error('a move of a store to this database is not complete: run migrate-store to its end first');
}
