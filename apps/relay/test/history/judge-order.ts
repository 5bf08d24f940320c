import { messageIdOf } from './accepted-call';
import type { AcceptedCall } from './accepted-call';
import type { Played } from './play-history';
import { logRequests } from './request-log';
import type { LoggedRequest } from './request-log';

/**
 * Where something of a user reached UserLeap out of order, after the Delete that ends it, or more often than a lost answer or a
 * death in that turn explains.
 */
export function judgeOrder(played: Played): readonly string[] {
  const delivered = new Set(
    played.events.flatMap(({ state, messageId }) => (state === 'delivered' ? [messageId] : [])),
  );
  return [...logRequests(played)].flatMap(([userId, log]) => {
    const done = log.filter(({ request }) => request.isDone);
    const deletes = played.calls.filter((call) => {
      return call.kind === 'delete' && call.userId === userId && delivered.has(messageIdOf(call));
    });
    const aliases = played.calls.filter(({ kind, userId: user }) => kind === 'alias' && user === userId);
    return [...judgeTracks(done, aliases), ...judgeIdentifies(done), ...judgeDeletes(done, deletes)].map(
      (sentence) => `${userId}: ${sentence}`,
    );
  });
}

function judgeTracks(done: readonly LoggedRequest[], aliases: readonly AcceptedCall[]): readonly string[] {
  // What waits for its user to become known is not taken across an Alias by the Identify behind it.
  const isBarred = (one: number, other: number): boolean =>
    aliases.some(({ number }) => one < number && number < other);
  const broken: string[] = [];
  const met = new Map<number, LoggedRequest>();
  let newest = -1;
  let newestIn: LoggedRequest | undefined;
  for (const one of done) {
    for (const track of one.tracks) {
      const before = met.get(track);
      if (before && !mayRepeat(before)) broken.push(`Track ${track} twice, requests ${before.index}, ${one.index}`);
      // Where something is refused, the rest goes by parts.
      else if (!before && track < newest && !newestIn?.turn.hasRefusal && !isBarred(track, newest)) {
        broken.push(`Track ${track} in request ${one.index}, after Track ${newest} in ${newestIn?.index}`);
      }
      met.set(track, one);
      if (track > newest) [newest, newestIn] = [track, one];
    }
  }
  return broken;
}

/** Of several Identifies in one request the newest tells: those before it went with it. */
function judgeIdentifies(done: readonly LoggedRequest[]): readonly string[] {
  return done.flatMap(({ identify, index }, at) => {
    const newer = done.slice(0, at).filter((one) => (one.identify ?? -1) > (identify ?? Infinity));
    if (newer.length === 0 || newer.some(mayRepeat)) return [];
    return [`Identify ${identify} in request ${index}, after Identify ${newer.at(-1)?.identify}`];
  });
}

/** A Delete is a barrier: of all that UserLeap was told of the user, some purge stands between what came before it and what came after. */
function judgeDeletes(done: readonly LoggedRequest[], deletes: readonly AcceptedCall[]): readonly string[] {
  return deletes.flatMap(({ number }) => {
    const isBarrier = done.some(({ request }, at) => {
      if (request.kind !== 'purge') return false;
      return (
        !done.slice(0, at).some((one) => numbersOf(one).some((other) => other > number)) &&
        !done.slice(at).some((one) => numbersOf(one).some((other) => other < number))
      );
    });
    return isBarrier ? [] : [`no purge for Delete ${number} between what came before and after it`];
  });
}

function numbersOf({ tracks, identify }: LoggedRequest): readonly number[] {
  return identify === undefined ? tracks : [...tracks, identify];
}

function mayRepeat({ turn }: LoggedRequest): boolean {
  return turn.isKilled || turn.isUncertain;
}
