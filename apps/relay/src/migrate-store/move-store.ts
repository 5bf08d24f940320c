import type { Db } from '../outbox/schema/outbox-schema';
import { giveUpMoves } from '../outbox/schema/store-moves';
import { beginMove, refuseInUse } from './begin-move';
import type { Move } from './begin-move';
import { copyTables, endOf } from './copy-tables';
import { countRows, countRowsUpTo, describeDifferences } from './count-rows';
import { goOnFrom } from './go-on-from';
import { MoveRefused } from './move-refused';
import type { Progress } from './progress';
import { listTables } from './tables';
import type { Table } from './tables';

const PAGE_ROWS = 500;

/**
 * Moves a store from SQLite to PostgreSQL, or goes on where a move of it broke off. Returns whether there was something to
 * do. Throws where the target is not for this move, or holds something else in the end; the source stays as it was.
 */
export async function moveStore(source: Db, target: Db, progress: Progress, pageRows = PAGE_ROWS): Promise<boolean> {
  const move = await beginMove(source, target);
  if (move.state === 'complete') return false;
  const tables = await listTables(source, target);
  const counts = await countRows(source, tables);
  const total = tables.reduce((sum, { name }) => sum + (counts.get(name) ?? 0), 0);
  progress.begin(total, await countCopied(source, move, tables, counts));
  await copyTables(source, target, move, tables, pageRows, (table, rows) => progress.add(table, rows));
  progress.say('Copied. Checking.');
  await goOnFrom(source, target, tables);
  await verify(source, target, tables);
  await complete(source, target, move);
  return true;
}

async function countCopied(
  source: Db,
  move: Move,
  tables: readonly Table[],
  counts: ReadonlyMap<string, number>,
): Promise<number> {
  const end = endOf(move);
  if (!end) return 0;
  const before = tables
    .filter(({ name }) => name < end.table)
    .reduce((sum, { name }) => sum + (counts.get(name) ?? 0), 0);
  return before + (await countRowsUpTo(source, end.table, end.row));
}

/** Where it fails, going on would find the same again: the next move begins anew, and so may a relay on the source. */
async function verify(source: Db, target: Db, tables: readonly Table[]): Promise<void> {
  const differences = describeDifferences(await countRows(source, tables), await countRows(target, tables));
  if (differences.length === 0) return;
  await giveUpMoves(source);
  throw new MoveRefused(['PostgreSQL does not hold the same:', ...differences].join('\n  '));
}

/** The source first: at no moment could relays start on both. */
async function complete(source: Db, target: Db, { id }: Move): Promise<void> {
  await target.transaction().execute(refuseInUse);
  for (const db of [source, target]) {
    await db.updateTable('store_moves').set({ state: 'complete' }).where('id', '=', id).execute();
  }
}
