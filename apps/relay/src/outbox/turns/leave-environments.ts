import type { LeaveCall } from '../port/steps';
import type { Tx } from '../schema/outbox-schema';
import { hastenLanes } from './hasten-lanes';

/**
 * Has users looked up, a few at a time, whom an environment did not know that the destination delivered to before: they may
 * be known in this one. Returns how many; fewer than it may be: the earlier one is in use no more.
 */
export async function leaveEnvironments(tx: Tx, call: LeaveCall): Promise<number> {
  const { destination, environment, now, limit } = call;
  const isEarlier = tx
    .selectFrom('destination_environments')
    .select('environment')
    .where('destination', '=', destination)
    .where('environment', '!=', environment)
    .where('in_use', '=', 1);
  if (!(await isEarlier.executeTakeFirst())) return 0;
  const hastened = await hastenLanes(tx, { destination, kind: 'look-ups', after: now, now, limit, isAfresh: true });
  if (hastened === limit) return hastened;
  await tx
    .updateTable('destination_environments')
    .set({ in_use: 0 })
    .where('destination', '=', destination)
    .where('environment', '!=', environment)
    .execute();
  return hastened;
}
