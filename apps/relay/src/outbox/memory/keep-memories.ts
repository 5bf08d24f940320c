import { mergeTold } from '@segment-userleap/delivery';
import { executeForRows } from '../schema/execute-for-rows';
import type { RowStatement } from '../schema/execute-for-rows';
import { isOneOf } from '../schema/is-one-of';
import type { Tx } from '../schema/outbox-schema';
import type { MonthMarks } from '../usage/month-marks';

/** What is to be kept of a user in the place of what a turn has read. */
export interface MemoryNews {
  readonly memory: Uint8Array;
  readonly basis: Uint8Array | null;
}

/**
 * Keeps what UserLeap was told of users whom it is known to know. Where another turn has kept something since it was read, of
 * another destination of the same environment perhaps, the newer value of each attribute stays. Users of `marks` are marked in the
 * same statement, where it is as simple as that.
 */
export async function keepMemories(
  tx: Tx,
  usersKey: string,
  memories: ReadonlyMap<string, MemoryNews>,
  marks: MonthMarks,
): Promise<void> {
  const kept = new Set<string>();
  const replace = async (statement: RowStatement, rows: readonly (readonly unknown[])[]): Promise<void> => {
    for (const { user_id } of await executeForRows<{ user_id: string }>(tx, statement, rows)) kept.add(user_id);
  };
  const rowOf = ([userId, { memory, basis }]: readonly [string, MemoryNews]): readonly unknown[] => {
    return [asBuffer(memory), usersKey, userId, asBuffer(basis)];
  };
  const marked = [...memories].flatMap((one) => {
    const month = marks.monthOf(one[0]);
    return month === null ? [] : [[month, ...rowOf(one), month]];
  });
  await replace(REPLACE_AND_MARK, marked);
  for (const userId of kept) marks.made(userId);
  const rest = [...memories].filter(([userId]) => !kept.has(userId));
  await replace(REPLACE, rest.map(rowOf));
  const others = rest.flatMap(([userId]) => (kept.has(userId) ? [] : userId));
  if (others.length > 0) await mergeMemories(tx, usersKey, others, memories);
}

async function mergeMemories(
  tx: Tx,
  key: string,
  users: readonly string[],
  memories: ReadonlyMap<string, MemoryNews>,
): Promise<void> {
  const found = await tx
    .selectFrom('environment_users')
    .select(['user_id', 'told'])
    .where('environment', '=', key)
    .where(isOneOf(tx, 'user_id', users))
    .where('known', '=', 1)
    // In one order: two that keep something of the same users never wait for each other.
    .orderBy('user_id')
    .forUpdate()
    .execute();
  const rows = found.flatMap(({ user_id, told }) => {
    const news = memories.get(user_id)?.memory;
    return news ? [[asBuffer(mergeTold(told ?? undefined, news)), key, user_id]] : [];
  });
  await executeForRows(tx, KEEP, rows);
}

/** As both drivers take it. */
export function asBuffer(bytes: Uint8Array | null | undefined): Buffer | null {
  return bytes ? Buffer.from(bytes) : null;
}

const SET = 'UPDATE environment_users SET told =';
const OF_NEW = `environment_users.environment = new.environment AND environment_users.user_id = new.user_id`;
const REPLACE = {
  one: `${SET} ? WHERE environment = ? AND user_id = ? AND told IS ? AND known = 1 RETURNING user_id`,
  all: `${SET} new.told
    FROM unnest($1::bytea[], $2::text[], $3::text[], $4::bytea[]) AS new (told, environment, user_id, basis)
    WHERE ${OF_NEW} AND environment_users.told IS NOT DISTINCT FROM new.basis AND environment_users.known = 1
    RETURNING environment_users.user_id`,
};
const REPLACE_AND_MARK = {
  one: `UPDATE environment_users SET tracked = ?, told = ? WHERE environment = ? AND user_id = ? AND told IS ? AND known = 1
    AND (tracked IS NULL OR tracked < ?) RETURNING user_id`,
  all: `UPDATE environment_users SET tracked = new.tracked, told = new.told
    FROM unnest($1::integer[], $2::bytea[], $3::text[], $4::text[], $5::bytea[], $6::integer[])
      AS new (tracked, told, environment, user_id, basis, before)
    WHERE ${OF_NEW} AND environment_users.told IS NOT DISTINCT FROM new.basis AND environment_users.known = 1
      AND (environment_users.tracked IS NULL OR environment_users.tracked < new.before)
    RETURNING environment_users.user_id`,
};
const KEEP = {
  one: `${SET} ? WHERE environment = ? AND user_id = ?`,
  all: `${SET} new.told FROM unnest($1::bytea[], $2::text[], $3::text[]) AS new (told, environment, user_id) WHERE ${OF_NEW}`,
};
