import type { CountedTx } from '../counting/counted-write';
import { noteAnswer, usersKeyOf } from '../environments';
import { refreshLane } from './lanes';
import type { Tx } from '../schema/outbox-schema';
import type { LeasedLane, NextAttempt, Settlement } from '../port/turn';
import { learnOfUsers } from './learn-of-users';
import { countAsParked } from './park-lanes';
import { settleEvents } from './settle-events';

/** Keeps how a turn ended. */
export async function settleTurn(tx: CountedTx, settlement: Settlement): Promise<void> {
  const takenAway = await settleEvents(tx, settlement);
  await learnOfUsers(tx, settlement, takenAway);
  if (settlement.hasAnswered) await noteAnswer(tx, settlement.environment);
  for (const lane of settlement.turn.lanes) await freeLane(tx, settlement, lane);
}

async function freeLane(tx: CountedTx, settlement: Settlement, { lane }: LeasedLane): Promise<void> {
  const { destination } = settlement.turn;
  const next = settlement.next.get(lane);
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
  if (isReady || !next.parked) return;
  await countAsParked(tx, { destination, now: settlement.now }, [lane]);
  await rememberUnknown(tx, settlement, lane, next);
}

async function rememberUnknown(
  tx: Tx,
  { environment, now }: Settlement,
  userId: string,
  { attempts, dueAt }: NextAttempt,
): Promise<void> {
  const unknown = { known: 0 as const, learnt_at: now, look_ups: attempts, look_up_at: dueAt ?? null };
  await tx
    .insertInto('environment_users')
    .values({ environment: usersKeyOf(environment), user_id: userId, ...unknown })
    .onConflict((conflict) => conflict.columns(['environment', 'user_id']).doUpdateSet(unknown))
    .execute();
}
