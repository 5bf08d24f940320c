import { sql } from 'kysely';
import type { MarkCall, NewName } from '../port/event-names';
import { isOneOf } from '../schema/is-one-of';
import type { Tx } from '../schema/outbox-schema';
import { OTHERS } from './counted-name';

/** Marks names as set up at UserLeap, or takes that back. Returns how many of them were sent there. */
export async function markNames(tx: Tx, { environment, names, setUpAt }: MarkCall): Promise<number> {
  const rows = await tx
    .updateTable('event_names')
    .set({ set_up_at: setUpAt })
    .where('scope', '=', environment)
    .where('kind', '=', 'sent')
    .where('name', '!=', OTHERS)
    .where(isOneOf(tx, 'name', names))
    .returning('name')
    .execute();
  return rows.length;
}

// As the index has it.
const IS_UNTOLD = sql<boolean>`told = 0`;

/** Names that were sent for the first time, some of those that nobody was told of yet. */
export async function takeNewNames(tx: Tx, limit: number): Promise<readonly NewName[]> {
  const untold = await tx
    .selectFrom('event_names')
    .select(['scope', 'name'])
    .where(IS_UNTOLD)
    .orderBy('scope')
    .orderBy('name')
    .limit(limit)
    .forUpdate()
    .execute();
  const taken: NewName[] = [];
  for (const environment of new Set(untold.map(({ scope }) => scope))) {
    const names = untold.filter(({ scope }) => scope === environment).map(({ name }) => name);
    await tx
      .updateTable('event_names')
      .set({ told: 1 })
      .where('scope', '=', environment)
      .where('kind', '=', 'sent')
      .where(isOneOf(tx, 'name', names))
      .execute();
    taken.push(...names.map((name) => ({ environment, name })));
  }
  return taken;
}
