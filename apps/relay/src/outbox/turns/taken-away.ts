import { findUsersKey } from '../environments';
import type { Settlement } from '../port/turn';
import { isOneOf } from '../schema/is-one-of';
import type { Tx } from '../schema/outbox-schema';
import { toldOf } from '../usage/told-of';

/** By turn of which events were erased by hand while they were on their way, the users of whom something is left in it. */
export type TakenAway = ReadonlyMap<number, ReadonlySet<string>>;

/** Whether nothing of the user is left in the turn: then nothing of it is to come back. */
export function isTakenAway(takenAway: TakenAway, { turn }: Pick<Settlement, 'turn'>, userId: string): boolean {
  return takenAway.get(turn.id)?.has(userId) === false;
}

/** A place in the month may have been taken for users after they were erased: their marks go, too. */
export async function forgetTakenAway(tx: Tx, settlements: readonly Settlement[], takenAway: TakenAway): Promise<void> {
  const users = settlements.flatMap((settlement) => {
    const told = settlement.requests.flatMap(toldOf).map(({ userId }) => userId);
    const all = [...settlement.turn.lanes.map(({ lane }) => lane), ...told];
    return all.filter((userId) => isTakenAway(takenAway, settlement, userId));
  });
  if (users.length === 0) return;
  await tx
    .deleteFrom('environment_users')
    .where('environment', '=', await findUsersKey(tx, settlements[0]?.environment ?? ''))
    .where(isOneOf(tx, 'user_id', users))
    .where('known', '=', 0)
    .execute();
}
