import type { CountedTx } from '../counting/counted-write';
import { loadEnvironment, noteAnswer } from '../environments';
import { countUsage, markTheRest } from '../usage/count-usage';
import { giveBack } from '../usage/give-back';
import type { Settlement } from '../port/turn';
import { freeLanes } from './free-lanes';
import { learnOfUsers } from './learn-of-users';
import { settleEvents } from './settle-events';
import { forgetTakenAway, isTakenAway } from './taken-away';

/** Keeps how turns of one destination ended, in the order in which they did. */
export async function settleTurns(tx: CountedTx, settlements: readonly Settlement[]): Promise<void> {
  const takenAway = await settleEvents(tx, settlements);
  const { environment = '', now = 0 } = settlements[0] ?? {};
  const { usersKey, isAnswered } = await loadEnvironment(tx, environment);
  const marks = countUsage(tx, settlements, (settlement, userId) => isTakenAway(takenAway, settlement, userId));
  await learnOfUsers(tx, usersKey, settlements, { takenAway, marks });
  await giveBack(tx, usersKey, settlements);
  await markTheRest(tx, usersKey, marks, now);
  await forgetTakenAway(tx, settlements, takenAway);
  // Once only: whoever writes the row keeps all other turns of the environment from their end.
  if (!isAnswered && settlements.some(({ hasAnswered }) => hasAnswered)) await noteAnswer(tx, environment);
  await freeLanes(tx, usersKey, settlements);
}
