import type { CountedTx } from '../counting/counted-write';
import type { Tx } from '../schema/outbox-schema';
import type { Settlement } from '../port/turn';
import { usersKeyOf, usersKeysOf } from '../environments';
import { eraseSettled, isHeld } from './erase-settled';
import { wakeLane, wakeLanesElsewhere } from './lanes';

// Of all users of a turn; the rest follows in steps.
const ERASED_AT_ONCE = 500;

/**
 * Keeps what a turn has learnt of users: a user that UserLeap knows is known from now on, and one that UserLeap has erased is
 * erased here, too. `takenAway`: how many of the turn's events were erased by hand while they were on their way.
 */
export async function learnOfUsers(tx: CountedTx, settlement: Settlement, takenAway: number): Promise<void> {
  const { turn, learnt } = settlement;
  const ids = turn.events.map(({ id }) => id);
  let left = ERASED_AT_ONCE;
  for (const [at, [userId, news]] of learnt.entries()) {
    if (news === 'erased') left -= await eraseWithUserLeap(tx, settlement, userId, left);
    else if (learnt.slice(at).some(([id, later]) => id === userId && later === 'erased')) continue;
    // Who erased the user meanwhile wants nothing of it back.
    else if (takenAway === 0 || (await isHeld(tx, userId, ids))) await rememberKnown(tx, settlement, userId);
  }
}

/** What came before the order to erase the user goes: up to the lane's last Delete, or the Alias that erases its old user. */
async function eraseWithUserLeap(
  tx: CountedTx,
  { turn, environment, now }: Settlement,
  userId: string,
  limit: number,
): Promise<number> {
  const { destination } = turn;
  await tx
    .deleteFrom('environment_users')
    .where((user) =>
      user.or([
        user('environment', '=', usersKeyOf(environment)),
        // Whoever is to be erased is not to be kept because of an earlier key.
        user('environment', 'in', usersKeysOf(tx, destination)),
      ]),
    )
    .where('user_id', '=', userId)
    .execute();
  const lastDelete = turn.lanes.find(({ lane }) => lane === userId)?.lastDelete;
  const own = turn.events.filter(({ lane }) => lane === userId).map(({ id }) => id);
  return eraseSettled(tx, { destination, userId, upTo: lastDelete ?? Math.max(0, ...own), now, limit });
}

async function rememberKnown(tx: Tx, { turn, environment, now }: Settlement, userId: string): Promise<void> {
  const known = { known: 1 as const, learnt_at: now, look_ups: 0, look_up_at: null };
  const isNews = await tx
    .insertInto('environment_users')
    .values({ environment: usersKeyOf(environment), user_id: userId, ...known })
    .onConflict((conflict) =>
      conflict.columns(['environment', 'user_id']).doUpdateSet(known).where('environment_users.known', '=', 0),
    )
    .returning('user_id')
    .executeTakeFirst();
  await wakeLane(tx, turn.destination, userId);
  if (isNews) await wakeLanesElsewhere(tx, environment, { destination: turn.destination, lane: userId });
}
