import { groupByNames } from './group-by-names';
import { halves } from './slices';
import type { Refusal, Upserts, UserUpserts } from './user-upserts';

/** Sends upserts in one request; if UserLeap refuses it, in parts. */
export async function deliverTogether(user: UserUpserts, upserts: Upserts): Promise<void> {
  const left = user.rejectRefusedNames(upserts);
  const refusal = await user.send(left);
  if (refusal) await deliverInParts(user, left, refusal);
}

/**
 * Sends again what was refused together, so that what is bad ends up alone, in few requests: what has no events apart from
 * what has some, these by the names of their events, as a name that is not set up is refused wherever it stands, and then by
 * halves. A user that is refused without any event is refused whole.
 */
async function deliverInParts(user: UserUpserts, upserts: Upserts, refusal: Refusal): Promise<void> {
  if (upserts.length === 1) return user.reject(upserts, refusal);
  if (refusal.isTooLarge) {
    for (const half of halves(upserts)) await deliverTogether(user, half);
    return;
  }
  const traits = upserts.filter(({ operation }) => operation.events.length === 0);
  const events = upserts.filter(({ operation }) => operation.events.length > 0);
  const ofTraits = events.length === 0 ? refusal : await user.send(traits);
  if (!ofTraits) return deliverByName(user, events);
  if (traits.length === 1) user.reject(traits, ofTraits);
  if (upserts.length > 2) await user.tryAlone();
  if (traits.length > 1) await deliverHalves(user, traits);
  await deliverTogether(user, events);
}

/** Upserts with events that are to blame for a refusal. */
async function deliverByName(user: UserUpserts, upserts: Upserts): Promise<void> {
  const groups = groupByNames(upserts);
  const [only, ...others] = groups;
  if (only && others.length === 0) await searchOnlyName(user, only);
  else await search(user, groups);
}

/** Sends groups of upserts whose events have the same names; something of them is to blame for a refusal. */
async function search(user: UserUpserts, groups: readonly Upserts[]): Promise<void> {
  const [only, ...others] = groups;
  if (only && others.length === 0) {
    if (!(await tryName(user, only))) await deliverHalves(user, takeProbe(only).rest);
    return;
  }
  const [first, second] = halves(groups);
  if (await searchSuspects(user, first)) await deliverOrSearch(user, second);
  else await search(user, second);
}

/** The same of groups that were refused with others. Returns whether something of them is refused. */
async function searchSuspects(user: UserUpserts, groups: readonly Upserts[]): Promise<boolean> {
  const [only, ...others] = groups;
  if (only && others.length === 0) return (await tryName(user, only)) || deliverOrHalve(user, takeProbe(only).rest);
  return deliverOrSearch(user, groups);
}

/** The same of groups that may well be all right. */
async function deliverOrSearch(user: UserUpserts, groups: readonly Upserts[]): Promise<boolean> {
  const upserts = inOrder(groups.flat());
  if (upserts.length === 1) return tryName(user, upserts);
  if (!(await user.send(upserts))) return false;
  await user.tryAlone();
  await search(user, groups);
  return true;
}

/** One upsert of the name goes first. If it is refused the others need not be tried: all is dealt with. Returns whether it is. */
async function tryName(user: UserUpserts, upserts: Upserts): Promise<boolean> {
  const { probe, rest } = takeProbe(upserts);
  const refusal = await user.send(probe);
  if (!refusal) return false;
  user.reject(probe, refusal);
  await user.tryAlone();
  user.refuseNames(probe, refusal);
  await user.send(rest);
  return true;
}

/** Where all that is to blame has one name, the name is not condemned by one upsert: it may be bad by itself. */
async function searchOnlyName(user: UserUpserts, upserts: Upserts): Promise<void> {
  const { probe, rest } = takeProbe(upserts);
  const refusal = await user.send(probe);
  if (!refusal) return deliverHalves(user, rest);
  user.reject(probe, refusal);
  await user.tryAlone();
  const [second, others] = [rest.slice(0, 1), rest.slice(1)];
  const ofSecond = await user.send(second);
  if (ofSecond) {
    user.reject(second, ofSecond);
    user.refuseNames(second, ofSecond);
  }
  await deliverOrHalve(user, others);
}

/** The newest: an old one may be refused for its age. */
function takeProbe(upserts: Upserts): { probe: Upserts; rest: Upserts } {
  return { probe: upserts.slice(-1), rest: upserts.slice(0, -1) };
}

async function deliverHalves(user: UserUpserts, upserts: Upserts): Promise<void> {
  for (const half of halves(upserts)) await deliverOrHalve(user, half);
}

/** Returns whether something was refused. */
async function deliverOrHalve(user: UserUpserts, upserts: Upserts): Promise<boolean> {
  const refusal = await user.send(upserts);
  if (!refusal) return false;
  if (upserts.length === 1) user.reject(upserts, refusal);
  else await deliverHalves(user, upserts);
  return true;
}

/** In order of event time, ties in order of arrival. */
function inOrder(upserts: Upserts): Upserts {
  return [...upserts].sort((a, b) => a.operation.at - b.operation.at || a.index - b.index);
}
