import type { CountedTx } from '../counting/counted-write';
import { noteAnswer } from '../environments';
import { countUsage } from '../usage/count-usage';
import type { Settlement } from '../port/turn';
import { freeLanes } from './free-lanes';
import { learnOfUsers } from './learn-of-users';
import { settleEvents } from './settle-events';
import { forgetTakenAway, isTakenAway } from './taken-away';

/** Keeps how turns of one destination ended, in the order in which they did. */
export async function settleTurns(tx: CountedTx, settlements: readonly Settlement[]): Promise<void> {
  const takenAway = await settleEvents(tx, settlements);
  await learnOfUsers(tx, settlements, takenAway);
  await countUsage(tx, settlements, (settlement, userId) => isTakenAway(takenAway, settlement, userId));
  await forgetTakenAway(tx, settlements, takenAway);
  const answered = settlements.find(({ hasAnswered }) => hasAnswered);
  if (answered) await noteAnswer(tx, answered.environment);
  await freeLanes(tx, settlements);
}
