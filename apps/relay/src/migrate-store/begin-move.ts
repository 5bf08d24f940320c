import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Db, StoreMoveColumns, Tx } from '../outbox/schema/outbox-schema';
import { giveUpMoves } from '../outbox/schema/store-moves';
import { schemaOf } from '../outbox/postgres/one-schema-dialect';
import { isInUse } from '../outbox/postgres/store-use';
import { MoveRefused } from './move-refused';
import { listTargetTables } from './tables';

// By a relay that was killed, and of no meaning to others.
const LEFT_BEHIND = ['housekeeping', 'relays'];

export type Move = Selectable<StoreMoveColumns>;

/**
 * Marks both stores, or finds their marks: from then on no relay starts on the target, and one that starts on the source
 * gives the move up. Returns the target's mark; where it is complete, so is the move. Throws where the target is not for
 * this move.
 */
export async function beginMove(source: Db, target: Db): Promise<Move> {
  const known = await source.selectFrom('store_moves').selectAll().execute();
  return target.transaction().execute(async (tx) => {
    // A relay that starts waits here, and finds the mark.
    await sql`LOCK TABLE store_moves IN ACCESS EXCLUSIVE MODE`.execute(tx);
    const there = await tx.selectFrom('store_moves').selectAll().executeTakeFirst();
    const here = known.find(({ id }) => id === there?.id);
    const complete = known.find(({ state }) => state === 'complete');
    if (complete && complete !== here)
      throw new MoveRefused('--from: this store was moved already, to another database');
    if (there && here && (complete || (isUnderWay(there) && isUnderWay(here)))) {
      if (isUnderWay(there)) await refuseInUse(tx);
      return there;
    }
    await refuseInUse(tx);
    await clear(tx, there, here);
    return mark(source, tx);
  });
}

function isUnderWay({ state }: Move): boolean {
  return state === 'under_way';
}

/** Throws where a relay has the target. */
export async function refuseInUse(tx: Tx): Promise<void> {
  if (await isInUse(tx)) throw new MoveRefused('--to: a relay uses this store; stop it first');
}

/** Removes what was left by a move of this very store that was given up; what else there is must stay. */
async function clear(tx: Tx, there: Move | undefined, here: Move | undefined): Promise<void> {
  const tables = await listTargetTables(tx);
  if (there && isUnderWay(there)) {
    if (!here) throw new MoveRefused('--to: a move of another store to this database is not complete');
    const names = tables.map((name) => sql.table(`${schemaOf(tx)}.${name}`));
    await sql`TRUNCATE ${sql.join(names)} RESTART IDENTITY`.execute(tx);
    return;
  }
  for (const name of tables.filter((table) => !LEFT_BEHIND.includes(table))) {
    const { rows } = await sql`SELECT 1 FROM ${sql.table(name)} LIMIT 1`.execute(tx);
    if (rows.length > 0)
      throw new MoveRefused('--to: this store is not empty; give an empty database or another --schema');
  }
}

async function mark(source: Db, tx: Tx): Promise<Move> {
  const move: Move = { id: randomUUID(), state: 'under_way', at_table: null, at_row: null };
  await source.transaction().execute(async (own) => {
    await giveUpMoves(own);
    await own.insertInto('store_moves').values(move).execute();
  });
  await tx.deleteFrom('store_moves').execute();
  await tx.insertInto('store_moves').values(move).execute();
  return move;
}
