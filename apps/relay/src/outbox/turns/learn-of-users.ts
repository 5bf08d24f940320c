import { mergeTold } from '@segment-userleap/delivery';
import type { CountedTx } from '../counting/counted-write';
import { executeForRows } from '../schema/execute-for-rows';
import type { Tx } from '../schema/outbox-schema';
import type { Settlement } from '../port/turn';
import { asBuffer, keepMemories } from '../memory/keep-memories';
import type { MemoryNews } from '../memory/keep-memories';
import { findUsersKey, usersKeyOf, usersKeysOf } from '../environments';
import { forgetMostSent } from '../usage/most-sent';
import { eraseSettled } from './erase-settled';
import { wakeLanes, wakeLanesElsewhere } from './lanes';
import { isTakenAway } from './taken-away';
import type { TakenAway } from './taken-away';

// Of all users of the turns; the rest follows in steps.
const ERASED_AT_ONCE = 500;

/**
 * Keeps what turns of one destination have learnt of users, and what they have told UserLeap: a user that UserLeap knows is known
 * from now on, and one that UserLeap has erased is erased here, too. `takenAway`: what was erased by hand
 * while it was on its way.
 */
export async function learnOfUsers(
  tx: CountedTx,
  settlements: readonly Settlement[],
  takenAway: TakenAway,
): Promise<void> {
  const known = new Map<string, Settlement>();
  const memories = new Map<string, MemoryNews>();
  let left = ERASED_AT_ONCE;
  for (const settlement of settlements) {
    const { turn, learnt } = settlement;
    const bases = new Map(turn.lanes.map(({ lane, memory }) => [lane, memory]));
    for (const [userId, news] of learnt) {
      if (news === 'known') {
        // Who erased the user meanwhile wants nothing of it back.
        if (!isTakenAway(takenAway, settlement, userId)) known.set(userId, settlement);
      } else {
        known.delete(userId);
        memories.delete(userId);
        left -= await eraseWithUserLeap(tx, settlement, userId, left);
      }
    }
    for (const [userId, memory] of settlement.memories) {
      if (isTakenAway(takenAway, settlement, userId)) continue;
      const before = memories.get(userId);
      const basis = bases.get(userId) ?? null;
      memories.set(userId, before ? { ...before, memory: mergeTold(before.memory, memory) } : { memory, basis });
    }
  }
  for (const userId of await rememberKnown(tx, known, memories)) memories.delete(userId);
  await keepMemories(tx, settlements[0]?.environment ?? '', memories);
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
  await forgetMostSent(tx, userId);
  const lastDelete = turn.lanes.find(({ lane }) => lane === userId)?.lastDelete;
  const own = turn.events.filter(({ lane }) => lane === userId).map(({ id }) => id);
  return eraseSettled(tx, { destination, userId, upTo: lastDelete ?? Math.max(0, ...own), now, limit });
}

/** Returns those who were not known before: with them was written down what UserLeap was told. */
async function rememberKnown(
  tx: Tx,
  known: ReadonlyMap<string, Settlement>,
  memories: ReadonlyMap<string, MemoryNews>,
): Promise<readonly string[]> {
  const [first] = known.values();
  if (!first) return [];
  const { turn, environment } = first;
  const key = await findUsersKey(tx, environment);
  const rows = [...known].map(([userId, { now }]) => [key, userId, now, asBuffer(memories.get(userId)?.memory)]);
  const news = (await executeForRows<{ user_id: string }>(tx, REMEMBER, rows)).map(({ user_id }) => user_id);
  const waiting = [...known].filter(([userId, settlement]) => !isAtItsEnd(settlement, userId));
  await wakeLanes(
    tx,
    turn.destination,
    waiting.map(([userId]) => userId),
  );
  await wakeLanesElsewhere(tx, environment, { destination: turn.destination, lanes: news });
  return news;
}

/** Whether the turn has the user's lane, and nothing of it goes on waiting: such a lane is freed to be ready. */
function isAtItsEnd({ turn, next }: Settlement, userId: string): boolean {
  return !next.has(userId) && turn.lanes.some(({ lane }) => lane === userId);
}

const INSERT = 'INSERT INTO environment_users (environment, user_id, learnt_at, known, look_ups, look_up_at, told)';
const IF_NEWS = `ON CONFLICT (environment, user_id) DO UPDATE
  SET known = 1, learnt_at = excluded.learnt_at, look_ups = 0, look_up_at = NULL, told = excluded.told
  WHERE environment_users.known = 0 RETURNING user_id`;
const REMEMBER = {
  one: `${INSERT} VALUES (?, ?, ?, 1, 0, NULL, ?) ${IF_NEWS}`,
  // In one order: two that learn of the same users never wait for each other.
  all: `${INSERT} SELECT environment, user_id, learnt_at, 1, 0, NULL, told
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[]) AS new (environment, user_id, learnt_at, told)
    ORDER BY environment, user_id ${IF_NEWS}`,
};
