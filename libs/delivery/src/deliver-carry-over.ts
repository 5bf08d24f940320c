import { mapCarriedUser, reasoned } from '@segment-userleap/mapping';
import type { CarriedUser, CarryOverOperation, Outcome, Warning } from '@segment-userleap/mapping';
import {
  buildLookupRequest,
  buildPurgeRequest,
  buildUpsertRequest,
  MAX_EVENTS_PER_UPSERT,
  parseUserProfile,
} from '@segment-userleap/userleap-api';
import type { UserUpsert } from '@segment-userleap/userleap-api';
import { DELIVERED } from './delivery-run';
import type { DeliveryRun, Exchange } from './delivery-run';
import { mergeUpserts } from './merge-upserts';
import type { Pending } from './pending';
import { chunks } from './slices';
import { unknownUserOutcome } from './unknown-user';

type Obstacle = Exclude<Exchange, { kind: 'accepted' }>;

/** Reads the previous user and gives the new one what it had; a new user is never made out of nothing. */
export async function deliverCarryOver(run: DeliveryRun, pending: Pending<CarryOverOperation>): Promise<void> {
  const { operation } = pending;
  const { settings, ports } = run;
  const lookup = await run.exchange(buildLookupRequest(operation.previousId, settings), [pending]);
  if (lookup.kind !== 'accepted') return run.settle(pending, outcomeOf(run, pending, lookup));
  const profile = parseUserProfile(lookup.body);
  if (!profile.ok) return run.settle(pending, reasoned('retry', 'unexpected_reply'));

  const carried = mapCarriedUser(profile.value, settings, operation.at);
  const { upserts, warnings } = planCarryOver(pending, carried);
  for (const upsert of upserts) {
    const exchange = await run.exchange(buildUpsertRequest(upsert, settings), [pending]);
    if (exchange.kind !== 'accepted') return run.settle(pending, outcomeOf(run, pending, exchange), warnings);
  }
  await ports.knownUsers.remember(operation.userId);

  if (settings.purgeAliased) {
    const request = buildPurgeRequest([operation.previousId], settings.purgeDelaySeconds, settings);
    const purge = await run.exchange(request, [pending]);
    if (purge.kind !== 'accepted') return run.settle(pending, outcomeOf(run, pending, purge), warnings);
    await ports.knownUsers.erased(operation.previousId);
  }
  run.settle(pending, DELIVERED, warnings);
}

/** One request, unless the old user has more events than one takes. */
function planCarryOver(
  { index, operation: { userId } }: Pending<CarryOverOperation>,
  carried: CarriedUser,
): { upserts: readonly UserUpsert[]; warnings: readonly Warning[] } {
  const [first = [], ...more] = chunks(carried.events, MAX_EVENTS_PER_UPSERT);
  const { upsert, warnings } = mergeUpserts(userId, [{ index, operation: { ...carried, events: first } }]);
  return {
    upserts: [upsert, ...more.map((events) => ({ userId, events }))],
    warnings: [...carried.warnings, ...(warnings.get(index) ?? [])],
  };
}

function outcomeOf(run: DeliveryRun, pending: Pending<CarryOverOperation>, obstacle: Obstacle): Outcome {
  switch (obstacle.kind) {
    case 'unknown_user':
      return unknownUserOutcome(run, pending, reasoned('filtered', 'nothing_to_alias'));
    case 'refused':
      return reasoned('rejected', 'refused', obstacle.sentence);
    case 'postponed':
      return obstacle.outcome;
  }
}
