import { mapCarriedUser, NOTHING_KNOWN, readUserState, reasoned, updateUserState } from '@segment-userleap/mapping';
import type { CarriedUser, CarryOverOperation, Outcome, UserState, UserUpdate } from '@segment-userleap/mapping';
import {
  buildLookupRequest,
  buildPurgeRequest,
  buildUpsertRequest,
  MAX_EVENTS_PER_UPSERT,
  parseUserProfile,
} from '@segment-userleap/userleap-api';
import { DELIVERED } from './delivery-run';
import type { DeliveryRun, Exchange } from './delivery-run';
import { mergeUpserts } from './merge-upserts';
import { usersOf } from './pending';
import type { Pending } from './pending';
import { chunks } from './slices';
import { unknownUserOutcome } from './unknown-user';
import { untilApplied } from './until-applied';

/** What the hosts know of the users of an Alias before it. */
export interface BeforeAlias {
  /** What is to be sent for the new user, and came before the Alias. */
  readonly own: readonly UserUpdate[];
  /** When UserLeap was last told something of a user by an earlier run, epoch milliseconds. */
  readonly lastTold: ReadonlyMap<string, number | undefined>;
}

/**
 * Gives the new user what it lacks of what the previous one has: both are read, what this run has told UserLeap of them laid
 * over. A new user is never made out of nothing.
 */
export async function deliverCarryOver(
  run: DeliveryRun,
  pending: Pending<CarryOverOperation>,
  { own, lastTold }: BeforeAlias,
): Promise<void> {
  const now = run.ports.now();
  const told = usersOf(pending).map((user) => untilApplied(lastTold.get(user), now));
  const waitMs = Math.max(...told, run.ports.doubts?.untilShown([pending], now) ?? 0);
  if (waitMs > 0) return run.settle(pending, { ...reasoned('retry', 'just_updated'), delayMs: waitMs });

  const users = await readUsers(run, pending);
  if ('outcome' in users) return run.settle(pending, users);
  const { previous, present } = users;
  const lacking = mapCarriedUser(previous.state, updateUserState(present.state, own), run.settings);
  const memory = await run.memoryOf(pending.operation.userId);
  const carried = present.exists ? memory.lackingOf(lacking) : lacking;
  const isLacking = carried.emailAddress !== undefined || carried.attributes.size > 0 || carried.events.length > 0;
  const failure = isLacking || !present.exists ? await upsert(run, pending, carried) : undefined;
  run.settle(pending, failure ?? (await purgePrevious(run, pending)) ?? DELIVERED, carried.warnings);
}

interface ReadUser {
  readonly exists: boolean;
  readonly state: UserState;
}

/** Both users, or why they cannot be read. Side by side where the old one is known: a host may have little time. */
async function readUsers(
  run: DeliveryRun,
  pending: Pending<CarryOverOperation>,
): Promise<{ readonly previous: ReadUser; readonly present: ReadUser } | Outcome> {
  const { previousId, userId } = pending.operation;
  const read = (user: string): Promise<ReadUser | Outcome> => readUser(run, pending, user);
  const isKnown = await run.ports.users.isKnown(previousId);
  const [previous, early] = isKnown ? await Promise.all([read(previousId), read(userId)]) : [await read(previousId)];
  if ('outcome' in previous) return previous;
  if (!previous.exists) return unknownUserOutcome(run, pending, reasoned('filtered', 'nothing_to_alias'));
  const present = early ?? (await read(userId));
  return 'outcome' in present ? present : { previous, present };
}

async function readUser(
  run: DeliveryRun,
  pending: Pending<CarryOverOperation>,
  userId: string,
): Promise<ReadUser | Outcome> {
  const updates = run.updatesOf(userId);
  const lookup = await run.exchange(buildLookupRequest(userId, run.settings), [pending]);
  if (lookup.kind === 'unknown_user') {
    return { exists: updates.length > 0, state: updateUserState(NOTHING_KNOWN, updates) };
  }
  if (lookup.kind !== 'accepted') return outcomeOf(lookup);
  const profile = parseUserProfile(lookup.body);
  if (!profile) return reasoned('retry', 'unexpected_reply');
  await run.ports.users.remember(userId);
  return { exists: true, state: updateUserState(readUserState(profile, pending.operation.at), updates) };
}

/** One request, unless there are more events than one takes. Returns why it failed. */
async function upsert(
  run: DeliveryRun,
  pending: Pending<CarryOverOperation>,
  carried: CarriedUser,
): Promise<Outcome | undefined> {
  const { userId, previousId } = pending.operation;
  const [first = [], ...more] = chunks(carried.events, MAX_EVENTS_PER_UPSERT);
  const parts = [{ ...carried, events: first }, ...more.map((events) => ({ attributes: new Map(), events }))];
  for (const part of parts) {
    const merged = mergeUpserts(userId, [{ index: pending.index, operation: part }]);
    const exchange = await run.exchange(buildUpsertRequest(merged.upsert, run.settings), [pending]);
    if (exchange.kind !== 'accepted') return outcomeOf(exchange);
    await run.noteTold(userId, [part]);
  }
  await run.ports.users.remember(userId);
  const [memory, previous] = [await run.memoryOf(userId), await run.memoryOf(previousId)];
  // As old as they are: what the new user had since then is newer.
  memory.note(carried, -1, (name) => previous.timeOf(name), run.ports.now());
  await run.keepMemory(userId, memory);
  return undefined;
}

/** Erases the old user, where that is asked for. Returns why it failed. */
async function purgePrevious(run: DeliveryRun, pending: Pending<CarryOverOperation>): Promise<Outcome | undefined> {
  const { settings } = run;
  const { previousId } = pending.operation;
  if (!settings.purgeAliased) return undefined;
  const request = buildPurgeRequest([previousId], settings.purgeDelaySeconds, settings);
  const exchange = await run.exchange(request, [pending]);
  if (exchange.kind !== 'accepted' && exchange.kind !== 'unknown_user') return outcomeOf(exchange);
  await run.noteErased(previousId);
  return undefined;
}

function outcomeOf(obstacle: Exclude<Exchange, { kind: 'accepted' }>): Outcome {
  switch (obstacle.kind) {
    case 'unknown_user': // not said of upserts, and dealt with elsewhere
      return reasoned('retry', 'unexpected_reply');
    case 'refused':
      return reasoned('rejected', 'refused', obstacle.sentence);
    case 'postponed':
      return obstacle.outcome;
  }
}
