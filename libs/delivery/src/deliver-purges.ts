import { reasoned } from '@segment-userleap/mapping';
import type { Outcome, PurgeOperation } from '@segment-userleap/mapping';
import { buildPurgeRequest, MAX_PURGED_USERS } from '@segment-userleap/userleap-api';
import { DELIVERED } from './delivery-run';
import type { DeliveryRun } from './delivery-run';
import { groupBy } from './group-by';
import { isPurge, usersOf } from './pending';
import type { Pending } from './pending';
import { chunks, halves } from './slices';

type UserPurges = readonly [userId: string, purges: readonly Pending<PurgeOperation>[]];

/** Settles what was queued before a delete of its user: it is not sent any more. Returns the rest, deletes included. */
export function dropDeleted(run: DeliveryRun, pending: readonly Pending[]): readonly Pending[] {
  const deletes = new Map(pending.filter(isPurge).map(({ index, operation }) => [operation.userId, index]));
  return pending.filter((one) => {
    const isDropped = !isPurge(one) && usersOf(one).some((userId) => one.index < (deletes.get(userId) ?? -1));
    if (isDropped) run.settle(one, reasoned('filtered', 'user_deleted'));
    return !isDropped;
  });
}

/**
 * Delivers the deletes, as many users in a request as it may have. Returns the users that have to wait for theirs. UserLeap
 * refuses a purge whose users it does not have (400): those that are known to exist go in requests of their own.
 */
export async function deliverPurges(
  run: DeliveryRun,
  purges: readonly Pending<PurgeOperation>[],
): Promise<ReadonlySet<string>> {
  const waiting = new Set<string>();
  const users = [...groupBy(purges, ({ operation }) => operation.userId)];
  const known = new Set<string>();
  for (const [userId] of users) if (await run.ports.users.isKnown(userId)) known.add(userId);
  for (const areKnown of [true, false]) {
    const alike = users.filter(([userId]) => known.has(userId) === areKnown);
    for (const chunk of chunks(alike, MAX_PURGED_USERS)) await purgeTogether(run, chunk, areKnown, waiting);
  }
  return waiting;
}

async function purgeTogether(
  run: DeliveryRun,
  users: readonly UserPurges[],
  areKnown: boolean,
  waiting: Set<string>,
): Promise<void> {
  const { settings } = run;
  const userIds = users.map(([userId]) => userId);
  const request = buildPurgeRequest(userIds, settings.purgeDelaySeconds, settings);
  const exchange = await run.exchange(
    request,
    users.flatMap(([, purges]) => purges),
  );
  const settleAll = (outcome: Outcome) => users.forEach(([, purges]) => run.settleAll(purges, outcome));
  // Nobody there: of users that should be, one alone may be missing.
  if (users.length > 1 && (exchange.kind === 'refused' || (exchange.kind === 'unknown_user' && areKnown))) {
    for (const half of halves(users)) await purgeTogether(run, half, areKnown, waiting);
    return;
  }
  switch (exchange.kind) {
    case 'refused':
      return settleAll(reasoned('rejected', 'refused', exchange.sentence));
    case 'postponed':
      for (const userId of userIds) waiting.add(userId);
      return settleAll(exchange.outcome);
    case 'unknown_user': // nothing to erase is what was asked for
    case 'accepted':
      for (const userId of userIds) await run.noteErased(userId);
      return settleAll(DELIVERED);
  }
}
