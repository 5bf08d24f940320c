import type { CountedTx } from '../counting/counted-write';
import type { Settlement } from '../port/turn';
import { markUsers } from './mark-users';
import { mayBeTaken } from './may-be-taken';
import { MonthMarks } from './month-marks';
import { toldOf } from './told-of';

/**
 * Counts what turns of one destination have sent. Returns the users that are to be marked, as they count in the month from now on.
 * `isTakenAway`: whether all of a user in a turn was erased by hand while it was on its way.
 */
export function countUsage(
  tx: CountedTx,
  settlements: readonly Settlement[],
  isTakenAway: (settlement: Settlement, userId: string) => boolean,
): MonthMarks {
  const { usage } = tx.tally;
  const marks = new MonthMarks(settlements[0]?.environment ?? '', usage);
  for (const settlement of settlements) {
    const { environment, learnt } = settlement;
    const erased = new Set<string>();
    for (const [userId, news] of learnt) if (news === 'erased') erased.add(userId);
    const isErased = (userId: string): boolean => erased.has(userId) && new Map(learnt).get(userId) === 'erased';
    const countUser = (userId: string, at: number, isTracked: boolean): void => {
      // Of whom nothing is to be kept: the user counts, and has no mark.
      if (isTakenAway(settlement, userId) || isErased(userId)) {
        if (!isTracked) usage.addUsers(environment, at, [userId]);
      } else if (!isTracked || erased.has(userId)) {
        marks.add(userId, { at, isNew: !isTracked });
      }
    };
    for (const { userId, at, isTracked, events } of settlement.found ?? []) {
      usage.addSent(environment, at, events, 0);
      countUser(userId, at, isTracked);
    }
    for (const { sentAt, reply, ...request } of settlement.requests) {
      const isTaken = 'status' in reply && reply.status < 300;
      for (const { userId, isTracked, events, attributes } of toldOf(request)) {
        if (isTaken) usage.addSent(environment, sentAt, countOf(events), attributes);
        if (mayBeTaken(reply)) countUser(userId, sentAt, isTracked);
      }
    }
  }
  return marks;
}

/** Marks those who are left: of whom nothing else was written down. */
export async function markTheRest(tx: CountedTx, usersKey: string, marks: MonthMarks, now: number): Promise<void> {
  for (const { month, users } of marks.list()) {
    for (const userId of await markUsers(tx, usersKey, { month, users, now })) marks.made(userId, month);
  }
}

function countOf(events: readonly (readonly [string, number])[]): number {
  return events.reduce((sum, [, count]) => sum + count, 0);
}
