import type { HastenCall } from '../port/steps';
import type { Tx } from '../schema/outbox-schema';

// What UserLeap may ask for at most (retry-delay.ts); back-off is shorter.
const LONGEST_BACK_OFF_MS = 60 * 60_000;
// A user who is not known is looked up once a day at least.
const LONGEST_PARKING_MS = 24 * 60 * 60_000;

/**
 * Makes lanes due that wait for a time further ahead than any can: the clock that planned it was ahead. A few at a time.
 * Returns how many.
 */
export async function hastenFarLanes(tx: Tx, { destination, now, limit }: HastenCall): Promise<number> {
  let hastened = 0;
  for (const [parked, longest] of [
    [0, LONGEST_BACK_OFF_MS],
    [1, LONGEST_PARKING_MS],
  ] as const) {
    const far = tx
      .selectFrom('lanes')
      .select('lane')
      .where('destination', '=', destination)
      .where('due_at', '>', now + longest)
      .where('parked', '=', parked)
      .limit(limit)
      .forUpdate()
      .skipLocked();
    const { numUpdatedRows } = await tx
      .updateTable('lanes')
      .set({ due_at: now })
      .where('destination', '=', destination)
      .where('lane', 'in', far)
      .executeTakeFirstOrThrow();
    hastened += Number(numUpdatedRows);
  }
  return hastened;
}
