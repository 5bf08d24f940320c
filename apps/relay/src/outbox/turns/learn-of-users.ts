import { mergeTold } from '@segment-userleap/delivery';
import type { CountedTx } from '../counting/counted-write';
import type { LeasedLane, Settlement } from '../port/turn';
import { keepMemories } from '../memory/keep-memories';
import type { MemoryNews } from '../memory/keep-memories';
import { rememberKnown } from '../memory/remember-known';
import type { Learning } from '../memory/remember-known';
import type { MonthMarks } from '../usage/month-marks';
import { eraseWithUserLeap } from './erase-with-userleap';
import { wakeLanes, wakeLanesElsewhere } from './lanes';
import { isTakenAway } from './taken-away';
import type { TakenAway } from './taken-away';

// Of all users of the turns; the rest follows in steps.
const ERASED_AT_ONCE = 500;

/**
 * Keeps what turns of one destination have learnt of users, and what they have told UserLeap: a user that UserLeap knows is known
 * from now on, and one that UserLeap has erased is erased here, too. Those of `marks` are marked on the way whose row is written
 * anyway. `takenAway`: what was erased by hand while it was on its way.
 */
export async function learnOfUsers(
  tx: CountedTx,
  usersKey: string,
  settlements: readonly Settlement[],
  { takenAway, marks }: { readonly takenAway: TakenAway; readonly marks: MonthMarks },
): Promise<void> {
  const known = new Map<string, Learning>();
  const atTheirEnd = new Set<string>();
  const memories = new Map<string, MemoryNews>();
  let left = ERASED_AT_ONCE;
  for (const settlement of settlements) {
    const { turn, learnt } = settlement;
    const lanes = new Map(turn.lanes.map((lane) => [lane.lane, lane]));
    for (const [userId, news] of learnt) {
      if (news === 'known') {
        // Who erased the user meanwhile wants nothing of it back.
        if (!isTakenAway(takenAway, settlement, userId)) {
          known.set(userId, { at: settlement.now, isKept: isKept(lanes.get(userId)) });
          if (isAtItsEnd(settlement, userId)) atTheirEnd.add(userId);
        }
      } else {
        known.delete(userId);
        memories.delete(userId);
        left -= await eraseWithUserLeap(tx, settlement, userId, left);
      }
    }
    for (const [userId, memory] of settlement.memories) {
      if (isTakenAway(takenAway, settlement, userId)) continue;
      const before = memories.get(userId);
      const basis = lanes.get(userId)?.memory ?? null;
      memories.set(userId, before ? { ...before, memory: mergeTold(before.memory, memory) } : { memory, basis });
    }
  }
  const { turn, environment } = settlements[0] ?? { turn: { destination: '' }, environment: '' };
  if (known.size > 0) {
    const news = await rememberKnown(tx, usersKey, known, { memories, marks });
    for (const userId of news) memories.delete(userId);
    const waiting = [...known.keys()].filter((userId) => !atTheirEnd.has(userId));
    await wakeLanes(tx, turn.destination, waiting);
    await wakeLanesElsewhere(tx, environment, { destination: turn.destination, lanes: news });
  }
  await keepMemories(tx, usersKey, memories, marks);
}

/** Whether something was kept of the user when the turn began. */
function isKept(lane: LeasedLane | undefined): boolean {
  return lane !== undefined && (lane.isKnown || lane.tracked !== null);
}

/** Whether the turn has the user's lane, and nothing of it goes on waiting: such a lane is freed to be ready. */
function isAtItsEnd({ turn, next }: Settlement, userId: string): boolean {
  return !next.has(userId) && turn.lanes.some(({ lane }) => lane === userId);
}
