import type { HastenCall } from '../port/steps';
import type { Tx } from '../schema/outbox-schema';
import { HAS_DELETE, HAS_NO_DELETE, HAS_TIME } from './find-lanes';

/** Makes lanes due that wait for a time after `after`. A few at a time. Returns how many. */
export async function hastenLanes(tx: Tx, call: HastenCall): Promise<number> {
  const names = await findLater(tx, call);
  if (names.length > 0) {
    await tx
      .updateTable('lanes')
      .set({ due_at: call.now, ...(call.isAfresh ? { attempts: 0 } : {}) })
      .where('destination', '=', call.destination)
      .where('lane', 'in', names)
      .execute();
  }
  return names.length;
}

/** Locked, as all that is leased or settled meanwhile; what others hold gets another time from them. */
async function findLater(tx: Tx, { destination, kind, after, limit }: HastenCall): Promise<readonly string[]> {
  const later = tx
    .selectFrom('lanes')
    .select('lane')
    .where('destination', '=', destination)
    .where(HAS_TIME)
    .where('due_at', '>', after)
    .orderBy('due_at')
    .forUpdate()
    .skipLocked();
  const parked = kind === 'look-ups' ? 1 : 0;
  const alike = later.where(HAS_NO_DELETE).where('parked', '=', parked);
  const found = await alike.where('backfilled', '=', 0).limit(limit).execute();
  if (found.length < limit) {
    found.push(
      ...(await alike
        .where('backfilled', '=', 1)
        .limit(limit - found.length)
        .execute()),
    );
  }
  // Its Delete has woken it, if it was parked before.
  const left = kind === 'look-ups' ? 0 : limit - found.length;
  if (left > 0) found.push(...(await later.where(HAS_DELETE).limit(left).execute()));
  return found.map(({ lane }) => lane);
}
