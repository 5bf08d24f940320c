import type { CountedTx } from '../counting/counted-write';
import { refreshLane } from './lanes';
import type { Tx } from '../schema/outbox-schema';
import type { LeasedLane, NextAttempt, Settlement } from '../port/turn';
import { learnOfUsers } from './learn-of-users';
import { settleEvents } from './settle-events';

/** Keeps how a turn ended. Returns how many events wait no longer. */
export async function settleTurn(tx: CountedTx, settlement: Settlement): Promise<number> {
  const { turn, next, now } = settlement;
  const { settled, takenAway } = await settleEvents(tx, settlement);
  await learnOfUsers(tx, settlement, takenAway);
  for (const lane of turn.lanes) await freeLane(tx, turn.destination, lane, next.get(lane.lane), now);
  return settled;
}

async function freeLane(
  tx: Tx,
  destination: string,
  { lane }: LeasedLane,
  next: NextAttempt | undefined,
  now: number,
): Promise<void> {
  if ((await refreshLane(tx, destination, lane)) === undefined) return;
  const { woken } = await tx
    .selectFrom('lanes')
    .select('woken')
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .executeTakeFirstOrThrow();
  // What it waits for came while it was in flight.
  const isReady = !next || (next.parked && woken === 1);
  await tx
    .updateTable('lanes')
    .set({
      leased: 0,
      parked: !isReady && next.parked ? 1 : 0,
      due_at: isReady ? null : (next.dueAt ?? null),
      attempts: isReady ? 0 : next.attempts,
    })
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .execute();
  if (!isReady && next.parked) await rememberUnknown(tx, destination, lane, next, now);
}

async function rememberUnknown(
  tx: Tx,
  destination: string,
  userId: string,
  { attempts, dueAt }: NextAttempt,
  now: number,
): Promise<void> {
  const unknown = { known: 0 as const, learnt_at: now, look_ups: attempts, look_up_at: dueAt ?? null };
  await tx
    .insertInto('known_users')
    .values({ destination, user_id: userId, ...unknown })
    .onConflict((conflict) => conflict.columns(['destination', 'user_id']).doUpdateSet(unknown))
    .execute();
}
