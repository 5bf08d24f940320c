import { findUsersKey } from '../environments';
import { monthOf } from '../counting/calendar';
import type { CountedTx } from '../counting/counted-write';
import type { TrackCall, TrackedUsers } from '../port/usage';
import { isOneOf } from '../schema/is-one-of';
import type { Tx } from '../schema/outbox-schema';
import { markUsers, unmarkUsers } from './mark-users';

/**
 * Takes places in a month for users, as many as there are. Users are marked first and the month's row is locked last, as when a
 * turn is settled: nobody waits in a circle. Whoever waits for the row sees what those before have taken.
 */
export async function trackUsers(tx: CountedTx, call: TrackCall): Promise<TrackedUsers> {
  const { environment, users, at, limit } = call;
  const month = monthOf(at);
  // It never shrinks but for places that are given back: those who come later find them.
  if ((await countUsers(tx, environment, month)) >= limit)
    return { had: await findTracked(tx, call, month), taken: [] };
  const usersKey = await findUsersKey(tx, environment);
  const marked = new Set(await markUsers(tx, usersKey, { month, users, now: at }));
  const free = limit - (await lockMonth(tx, environment, month));
  const news = users.filter((userId) => marked.has(userId));
  const taken = news.slice(0, Math.max(0, free));
  await unmarkUsers(tx, usersKey, { month, users: news.slice(taken.length) });
  tx.tally.usage.addUsers(environment, at, taken);
  return { had: users.filter((userId) => !marked.has(userId)), taken };
}

function selectUsers(tx: Tx, environment: string, month: number) {
  return tx
    .selectFrom('usage_months')
    .select('users')
    .where('environment', '=', environment)
    .where('month', '=', month);
}

async function countUsers(tx: Tx, environment: string, month: number): Promise<number> {
  return (await selectUsers(tx, environment, month).executeTakeFirst())?.users ?? 0;
}

/** The same, and nobody else changes it until the transaction ends. */
async function lockMonth(tx: Tx, environment: string, month: number): Promise<number> {
  const none = { users: 0, users_10: 0, users_25: 0, users_50: 0 };
  await tx
    .insertInto('usage_months')
    .values({ environment, month, ...none })
    .onConflict((conflict) => conflict.columns(['environment', 'month']).doNothing())
    .execute();
  return (await selectUsers(tx, environment, month).forUpdate().executeTakeFirst())?.users ?? 0;
}

async function findTracked(tx: Tx, { environment, users }: TrackCall, month: number): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('environment_users')
    .select('user_id')
    .where('environment', '=', await findUsersKey(tx, environment))
    .where(isOneOf(tx, 'user_id', users))
    .where('tracked', '>=', month)
    .execute();
  return rows.map(({ user_id }) => user_id);
}
