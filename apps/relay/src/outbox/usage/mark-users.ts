import { executeForRows } from '../schema/execute-for-rows';
import type { Tx } from '../schema/outbox-schema';

/**
 * Notes that users count in a month. Returns those that did not before. One order for all: two that mark the same users never
 * wait for each other. `usersKey`: under which the environment's users are kept.
 */
export async function markUsers(
  tx: Tx,
  usersKey: string,
  call: { readonly month: number; readonly users: readonly string[]; readonly now: number },
): Promise<readonly string[]> {
  if (call.users.length === 0) return [];
  const rows = [...new Set(call.users)].sort().map((userId) => [usersKey, userId, call.now, call.month]);
  return (await executeForRows<{ user_id: string }>(tx, MARK, rows)).map(({ user_id }) => user_id);
}

/** Takes marks of a month back. Returns the users that had one. */
export async function unmarkUsers(
  tx: Tx,
  usersKey: string,
  { month, users }: { readonly month: number; readonly users: readonly string[] },
): Promise<readonly string[]> {
  if (users.length === 0) return [];
  const rows = [...new Set(users)].sort().map((userId) => [usersKey, userId, month]);
  return (await executeForRows<{ user_id: string }>(tx, UNMARK, rows)).map(({ user_id }) => user_id);
}

// Whoever has no row is not known so far: UserLeap need not make a user of what is sent.
const INSERT = 'INSERT INTO environment_users (environment, user_id, learnt_at, known, look_ups, tracked)';
const IF_NEWS = `ON CONFLICT (environment, user_id) DO UPDATE SET tracked = excluded.tracked
  WHERE environment_users.tracked IS NULL OR environment_users.tracked < excluded.tracked RETURNING user_id`;
const MARK = {
  one: `${INSERT} VALUES (?, ?, ?, 0, 0, ?) ${IF_NEWS}`,
  all: `${INSERT} SELECT environment, user_id, learnt_at, 0, 0, tracked
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::integer[]) AS new (environment, user_id, learnt_at, tracked)
    ORDER BY environment, user_id ${IF_NEWS}`,
};
const UNMARK = {
  one: 'UPDATE environment_users SET tracked = NULL WHERE environment = ? AND user_id = ? AND tracked = ? RETURNING user_id',
  all: `UPDATE environment_users SET tracked = NULL
    FROM unnest($1::text[], $2::text[], $3::integer[]) AS new (environment, user_id, month)
    WHERE environment_users.environment = new.environment AND environment_users.user_id = new.user_id
      AND environment_users.tracked = new.month RETURNING environment_users.user_id`,
};
