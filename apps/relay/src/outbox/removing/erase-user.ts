import { sql } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { ERASED } from '../schema/erased';
import { IS_PENDING, IS_SETTLED } from '../schema/conditions';
import { usersKeysOf } from '../environments';
import { listDestinations } from '../counting/list-destinations';
import { refreshLane } from '../turns/lanes';
import type { Tx } from '../schema/outbox-schema';
import { OWNERS } from '../turns/erase-settled';
import type { EraseCall, Erased } from '../port/steps';
import { forgetMostSent } from '../usage/most-sent';

/** Removes all that the store holds of a user, a few events at a time; what waits ends, whatever is on its way. */
export async function eraseUser(tx: CountedTx, call: EraseCall): Promise<Erased> {
  await forgetUser(tx, call);
  let [erased, ended] = [0, 0];
  for (const owner of OWNERS) {
    const rows = await findSome(tx, call, owner);
    await eraseAll(
      tx,
      rows.map(({ id }) => id),
      call.now,
    );
    tx.tally.count(call.now, rows.map(changeOf));
    const waiting = rows.filter(({ state }) => state === 'pending');
    await refreshLanes(tx, waiting);
    erased += rows.length;
    ended += waiting.length;
  }
  return { erased, ended };
}

type Row = Awaited<ReturnType<typeof findSome>>[number];

/** What waits and what has its end, apart: each has an index of its own. */
async function findSome(tx: Tx, { userId, destination, limit }: EraseCall, owner: (typeof OWNERS)[number]) {
  const columns = ['id', 'destination', 'lane', 'state', 'type', 'reason'] as const;
  const all = tx.selectFrom('events').select(columns).where(owner, '=', userId).forUpdate();
  const destinations = destination === undefined ? await listDestinations(tx) : [destination];
  const rows = [];
  for (const one of destinations) {
    const here = all.where('destination', '=', one);
    rows.push(
      ...(await here
        .where(IS_PENDING)
        .limit(limit - rows.length)
        .execute()),
    );
    rows.push(
      ...(await here
        .where(IS_SETTLED)
        // The order of the index: PostgreSQL would else read on through the table for a last one that there is not.
        .$if(owner === 'lane', (events) => events.orderBy('accepted_at').orderBy('id'))
        .limit(limit - rows.length)
        .execute()),
    );
  }
  return rows;
}

async function eraseAll(tx: Tx, ids: readonly number[], now: number): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('events')
    .set({
      ...ERASED,
      state: sql`CASE WHEN state = 'pending' THEN 'filtered' ELSE state END`,
      reason: sql`CASE WHEN state = 'pending' THEN 'user_deleted' ELSE reason END`,
      settled_at: sql`COALESCE(settled_at, ${now})`,
    })
    .where('id', 'in', ids)
    .execute();
}

function changeOf({ destination, type, state, reason }: Row) {
  const end = state === 'pending' ? ({ state: 'filtered', reason: 'user_deleted' } as const) : { state, reason };
  return { destination, type, from: { state, reason }, to: { ...end, erased: 1 as const } };
}

/** A lane in flight stays: nobody else may get it before its turn is settled. */
async function refreshLanes(tx: Tx, rows: readonly Row[]): Promise<void> {
  const lanes = new Map(rows.map(({ destination, lane }) => [`${destination} ${lane}`, { destination, lane }]));
  for (const { destination, lane } of lanes.values()) {
    const free = await tx
      .selectFrom('lanes')
      .select('lane')
      .where('destination', '=', destination)
      .where('lane', '=', lane)
      .where('leased', '=', 0)
      .forUpdate()
      .executeTakeFirst();
    if (free) await refreshLane(tx, destination, free.lane);
  }
}

async function forgetUser(tx: Tx, { userId, destination }: EraseCall): Promise<void> {
  await forgetMostSent(tx, userId);
  const names = destination === undefined ? await listDestinations(tx) : [destination];
  const keys = await usersKeysOf(tx, destination).execute();
  // By their values: up to PostgreSQL 17 there is no way along the index to what a subquery or an OR says.
  const environments = [...new Set([...names, ...keys.map(({ users_key }) => users_key)])];
  if (environments.length === 0) return;
  await tx
    .deleteFrom('environment_users')
    .where('environment', 'in', environments)
    .where('user_id', '=', userId)
    .execute();
}
