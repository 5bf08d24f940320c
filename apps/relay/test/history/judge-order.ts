import type { AcceptedCall, Played } from './play-history';
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
    const deletes = played.calls.filter(({ kind, userId: user, number }) => {
      return kind === 'delete' && user === userId && delivered.has(`message ${number}`);
    });
    return [...judgeTracks(done), ...judgeIdentifies(done), ...judgeDeletes(done, deletes)].map(
      (sentence) => `${userId}: ${sentence}`,
    );
  });
}

function judgeTracks(done: readonly LoggedRequest[]): readonly string[] {
  const broken: string[] = [];
  const met = new Map<number, LoggedRequest>();
  let newest = -1;
  let newestIn: LoggedRequest | undefined;
  for (const one of done) {
    for (const track of one.tracks) {
      const before = met.get(track);
      if (before && !mayRepeat(before)) broken.push(`Track ${track} twice, requests ${before.index}, ${one.index}`);
      // Where something is refused, the rest goes by parts.
      else if (!before && track < newest && !newestIn?.turn.hasRefusal) {
        broken.push(`Track ${track} in request ${one.index}, after Track ${newest} in ${newestIn?.index}`);
      }
      met.set(track, one);
      if (track > newest) [newest, newestIn] = [track, one];
    }
  }
  return broken;
}

function judgeIdentifies(done: readonly LoggedRequest[]): readonly string[] {
  const broken: string[] = [];
  const met = new Map<number, LoggedRequest>();
  let newest = -1;
  for (const one of done) {
    if (one.identify === undefined) continue;
    const before = met.get(one.identify);
    const isRepeated = before !== undefined && mayRepeat(before);
    if (one.identify < newest && !isRepeated) {
      broken.push(`Identify ${one.identify} in request ${one.index}, after Identify ${newest}`);
    }
    met.set(one.identify, one);
    newest = Math.max(newest, one.identify);
  }
  return broken;
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
