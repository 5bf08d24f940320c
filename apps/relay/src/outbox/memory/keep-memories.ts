import { mergeTold } from '@segment-userleap/delivery';
import { changeRows, executeForRows } from '../schema/execute-for-rows';
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
  const rowOf = ([userId, { memory, basis }]: Kept): readonly unknown[] => [asBuffer(memory), userId, asBuffer(basis)];
  const marked = [...memories].flatMap((one) => {
    const month = marks.monthOf(one[0]);
    return month === null ? [] : [[month, ...rowOf(one), month]];
  });
  const kept = new Set<string>();
  for (const { user_id } of await executeForRows<{ user_id: string }>(tx, REPLACE_AND_MARK, marked, [usersKey])) {
    marks.made(user_id);
    kept.add(user_id);
  }
  const rest = [...memories].filter(([userId]) => !kept.has(userId));
  const replaced = await changeRows(tx, REPLACE, rest.map(rowOf), [usersKey]);
  // Who asked for the names would pay for it each time. Those that were replaced lose nothing by being merged with themselves.
  if (replaced < rest.length) await mergeMemories(tx, usersKey, new Map(rest));
}

type Kept = readonly [userId: string, news: MemoryNews];

async function mergeMemories(tx: Tx, key: string, memories: ReadonlyMap<string, MemoryNews>): Promise<void> {
  const found = await tx
    .selectFrom('environment_users')
    .select(['user_id', 'told'])
    .where('environment', '=', key)
    .where(isOneOf(tx, 'user_id', [...memories.keys()]))
    .where('known', '=', 1)
    // In one order: two that keep something of the same users never wait for each other.
    .orderBy('user_id')
    .forUpdate()
    .execute();
  const rows = found.flatMap(({ user_id, told }) => {
    const news = memories.get(user_id)?.memory;
    return news ? [[asBuffer(mergeTold(told ?? undefined, news)), user_id]] : [];
  });
  await changeRows(tx, KEEP, rows, [key]);
}

/** As both drivers take it. */
export function asBuffer(bytes: Uint8Array | null | undefined): Buffer | null {
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : null;
}

const UPDATE = 'UPDATE environment_users SET';
const OF_KNOWN = `environment_users.user_id = new.user_id AND environment_users.told IS NOT DISTINCT FROM new.basis
      AND environment_users.known = 1`;
const REPLACE = {
  one: `${UPDATE} told = ? WHERE user_id = ? AND told IS ? AND known = 1 AND environment = ?`,
  all: `${UPDATE} told = new.told FROM unnest($1::bytea[], $2::text[], $3::bytea[]) AS new (told, user_id, basis)
    WHERE ${OF_KNOWN} AND environment_users.environment = $4::text`,
};
const REPLACE_AND_MARK = {
  one: `${UPDATE} tracked = ?, told = ? WHERE user_id = ? AND told IS ? AND known = 1
    AND (tracked IS NULL OR tracked < ?) AND environment = ? RETURNING user_id`,
  all: `${UPDATE} tracked = new.tracked, told = new.told
    FROM unnest($1::integer[], $2::bytea[], $3::text[], $4::bytea[], $5::integer[])
      AS new (tracked, told, user_id, basis, before)
    WHERE ${OF_KNOWN} AND (environment_users.tracked IS NULL OR environment_users.tracked < new.before)
      AND environment_users.environment = $6::text
    RETURNING environment_users.user_id`,
};
const KEEP = {
  one: `${UPDATE} told = ? WHERE user_id = ? AND environment = ?`,
  all: `${UPDATE} told = new.told FROM unnest($1::bytea[], $2::text[]) AS new (told, user_id)
    WHERE environment_users.user_id = new.user_id AND environment_users.environment = $3::text`,
};
