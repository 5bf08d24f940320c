import { mapCarriedUser, reasoned } from '@segment-userleap/mapping';
import type { CarriedUser, CarryOverOperation, Outcome } from '@segment-userleap/mapping';
import {
  buildLookupRequest,
  buildPurgeRequest,
  buildUpsertRequest,
  MAX_EVENTS_PER_UPSERT,
  parseUserProfile,
} from '@segment-userleap/userleap-api';
import { DELIVERED } from './delivery-run';
import type { DeliveryRun, Exchange } from './delivery-run';
import { toObject } from './merge-upserts';
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
  const obstacle = await upsertCarried(run, pending, carried);
  if (obstacle) return run.settle(pending, outcomeOf(run, pending, obstacle), carried.warnings);
  await ports.knownUsers.remember(operation.userId);

  if (settings.purgeAliased) {
    const request = buildPurgeRequest([operation.previousId], settings.purgeDelaySeconds, settings);
    const purge = await run.exchange(request, [pending]);
    if (purge.kind !== 'accepted') return run.settle(pending, outcomeOf(run, pending, purge), carried.warnings);
    await ports.knownUsers.forget(operation.previousId);
  }
  run.settle(pending, DELIVERED, carried.warnings);
}

/** In one request, unless the old user has more events than one request takes. */
async function upsertCarried(
  run: DeliveryRun,
  pending: Pending<CarryOverOperation>,
  carried: CarriedUser,
): Promise<Obstacle | undefined> {
  const { userId } = pending.operation;
  const { emailAddress, attributes, events } = carried;
  const [first = [], ...more] = chunks(events, MAX_EVENTS_PER_UPSERT);
  const upserts = [
    {
      userId,
      ...(emailAddress === undefined ? {} : { emailAddress }),
      ...(attributes.size === 0 ? {} : { attributes: toObject(attributes) }),
      ...(first.length === 0 ? {} : { events: first }),
    },
    ...more.map((part) => ({ userId, events: part })),
  ];
  for (const upsert of upserts) {
    const exchange = await run.exchange(buildUpsertRequest(upsert, run.settings), [pending]);
    if (exchange.kind !== 'accepted') return exchange;
  }
  return undefined;
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
