import { reasoned } from '@segment-userleap/mapping';
import type { DeliveryRun } from './delivery-run';
import { deliverTogether } from './deliver-in-parts';
import { planUpserts } from './plan-upserts';
import type { UserMemory } from './user-memory';
import { UserUpserts } from './user-upserts';
import type { Upserts } from './user-upserts';

/** Delivers one user's upserts between two barriers, in the fewest requests: in none, where they tell nothing new. */
export async function deliverUpserts(run: DeliveryRun, userId: string, upserts: Upserts): Promise<void> {
  if (upserts.length === 0) return;
  const memory = await run.memoryOf(userId);
  if (await isUnchanged(run, userId, upserts, memory)) return settleUnchanged(run, userId, upserts, memory);
  const user = new UserUpserts(run, userId, upserts, memory);
  const left = (await run.ports.doubts?.clear(run, user, upserts)) ?? upserts;
  for (const together of planUpserts(userId, left)) await deliverTogether(user, together);
  user.settleRest();
}

/** Whether UserLeap was told all of this lately, or something newer: of a user that it knows. */
export async function isUnchanged(
  run: DeliveryRun,
  userId: string,
  upserts: Upserts,
  memory: UserMemory,
): Promise<boolean> {
  const { unchangedMs, users } = run.ports;
  const now = run.ports.now();
  const since = unchangedMs > 0 ? now - unchangedMs : Infinity;
  return upserts.every((upsert) => memory.holds(upsert, since, now)) && users.isKnown(userId);
}

/** What is not told anew is still what the user has as of the later time: what is older must not come after it. */
export async function settleUnchanged(
  run: DeliveryRun,
  userId: string,
  upserts: Upserts,
  memory: UserMemory,
): Promise<void> {
  for (const one of upserts) {
    const { upsert, stale } = memory.newsOf(one);
    memory.note(upsert.operation, one.index, () => one.operation.at);
    run.settle(one, reasoned('filtered', 'unchanged'), stale);
  }
  await run.keepMemory(userId, memory);
}
