import { monthBefore, monthOf } from '../counting/calendar';
import type { PruneCall } from '../port/steps';
import type { Tx } from '../schema/outbox-schema';
import type { UsageMostColumns } from '../schema/usage-schema';

/** The one that goes on is among them. */
const MONTHS_KEPT = 13;
/** Of a month, for events and for users. */
const NAMES_KEPT = 1_000;

/** Forgets what was sent in months that are not kept, and, a little at a time, names that were not sent most. Returns how many. */
export async function pruneUsage(tx: Tx, { now, limit }: Pick<PruneCall, 'now' | 'limit'>): Promise<number> {
  const oldest = monthBefore(monthOf(now), MONTHS_KEPT - 1);
  // No more than a row for each day: like minutes, all at once.
  await tx.deleteFrom('usage_months').where('month', '<', oldest).execute();
  await tx.deleteFrom('usage_saved').where('month', '<', oldest).execute();
  await tx
    .deleteFrom('usage_days')
    .where('day', '<', oldest * 100)
    .execute();
  const old = await tx.selectFrom('usage_most').selectAll().where('month', '<', oldest).limit(limit).execute();
  const rare = old.length > 0 ? [] : await findRare(tx, { month: monthBefore(monthOf(now), 1), limit });
  for (const row of [...old, ...rare]) await remove(tx, row);
  return old.length + rare.length;
}

type Name = Omit<UsageMostColumns, 'events'>;

/** Names that are too many, of a month and those after it. */
async function findRare(tx: Tx, { month, limit }: { month: number; limit: number }): Promise<readonly Name[]> {
  const groups = await tx
    .selectFrom('usage_most')
    .select(['environment', 'month', 'kind'])
    .where('month', '>=', month)
    .groupBy(['environment', 'month', 'kind'])
    .having((row) => row.fn.countAll(), '>', NAMES_KEPT)
    .execute();
  const [group] = groups;
  if (!group) return [];
  return tx
    .selectFrom('usage_most')
    .selectAll()
    .where('environment', '=', group.environment)
    .where('month', '=', group.month)
    .where('kind', '=', group.kind)
    .orderBy('events', 'desc')
    .offset(NAMES_KEPT)
    .limit(limit)
    .execute();
}

async function remove(tx: Tx, { kind, name, environment, month }: Name): Promise<void> {
  await tx
    .deleteFrom('usage_most')
    .where('kind', '=', kind)
    .where('name', '=', name)
    .where('environment', '=', environment)
    .where('month', '=', month)
    .execute();
}
