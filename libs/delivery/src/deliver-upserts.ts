import type { DeliveryRun } from './delivery-run';
import { deliverTogether } from './deliver-in-parts';
import { planUpserts } from './plan-upserts';
import { UserUpserts } from './user-upserts';
import type { Upserts } from './user-upserts';

/** Delivers one user's upserts between two barriers, in the fewest requests. */
export async function deliverUpserts(run: DeliveryRun, userId: string, upserts: Upserts): Promise<void> {
  const user = new UserUpserts(run, userId, upserts);
  const left = (await run.ports.doubts?.clear(run, user, upserts)) ?? upserts;
  for (const together of planUpserts(userId, left)) await deliverTogether(user, together);
  user.settleRest();
}
