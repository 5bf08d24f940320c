import type { CountedTx } from '../counting/counted-write';
import { monthOf } from '../counting/calendar';
import type { SentRequest, Settlement } from '../port/turn';
import { giveBack } from './give-back';
import { markUsers } from './mark-users';
import { mayBeTaken } from './may-be-taken';
import { toldOf } from './told-of';

/**
 * Counts what turns of one destination have sent, and marks the users that count in this month from now on. `isTakenAway`:
 * whether all of a user in a turn was erased by hand while it was on its way.
 */
export async function countUsage(
  tx: CountedTx,
  settlements: readonly Settlement[],
  isTakenAway: (settlement: Settlement, userId: string) => boolean,
): Promise<void> {
  const tracked = new Map<number, Map<string, { readonly at: number; readonly isNew: boolean }>>();
  for (const settlement of settlements) {
    const { environment, requests, learnt } = settlement;
    const news = new Map(learnt);
    const erased = new Set(learnt.flatMap(([userId, one]) => (one === 'erased' ? [userId] : [])));
    for (const { told, sentAt, reply } of requests.flatMap(byUser)) {
      const isTaken = 'status' in reply && reply.status < 300;
      if (isTaken) tx.tally.usage.addSent(environment, sentAt, countOf(told.events), told.attributes);
      if (!mayBeTaken(reply)) continue;
      const { userId, isTracked } = told;
      const last = news.get(userId);
      // Of whom nothing is to be kept: the user counts, and has no mark.
      if (isTakenAway(settlement, userId) || last === 'erased') {
        if (!isTracked) tx.tally.usage.addUsers(environment, sentAt, [userId]);
      } else if (!isTracked || erased.has(userId)) {
        const month = monthOf(sentAt);
        const users = tracked.get(month) ?? new Map();
        users.set(userId, { at: sentAt, isNew: !isTracked });
        tracked.set(month, users);
      }
    }
  }
  const environment = settlements[0]?.environment ?? '';
  await giveBack(tx, environment, settlements);
  for (const [month, users] of [...tracked].sort(([one], [other]) => one - other)) {
    const now = settlements[0]?.now ?? 0;
    for (const userId of await markUsers(tx, environment, { month, users: [...users.keys()], now })) {
      const user = users.get(userId);
      if (user?.isNew) tx.tally.usage.addUsers(environment, user.at, [userId]);
    }
  }
}

function countOf(events: readonly (readonly [string, number])[]): number {
  return events.reduce((sum, [, count]) => sum + count, 0);
}

/** A request that told of many users, as one for each of them. */
function byUser(request: SentRequest) {
  return toldOf(request).map((told) => ({ told, sentAt: request.sentAt, reply: request.reply }));
}
