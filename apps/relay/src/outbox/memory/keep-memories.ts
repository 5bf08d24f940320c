import { mergeTold } from '@segment-userleap/delivery';
import { findUsersKey } from '../environments';
import { executeForRows } from '../schema/execute-for-rows';
import { isOneOf } from '../schema/is-one-of';
import type { Tx } from '../schema/outbox-schema';

/** What is to be kept of a user in the place of what a turn has read. */
export interface MemoryNews {
  readonly memory: Uint8Array;
  readonly basis: Uint8Array | null;
}

/**
 * Keeps what UserLeap was told of users whom it is known to know. Where another turn has kept something since it was read, of
 * another destination of the same environment perhaps, the newer value of each attribute stays.
 */
export async function keepMemories(
  tx: Tx,
  environment: string,
  memories: ReadonlyMap<string, MemoryNews>,
): Promise<void> {
  if (memories.size === 0) return;
  const key = await findUsersKey(tx, environment);
  const news = [...memories].map(([userId, { memory, basis }]) => [asBuffer(memory), key, userId, asBuffer(basis)]);
  const kept = new Set((await executeForRows<{ user_id: string }>(tx, REPLACE, news)).map(({ user_id }) => user_id));
  const others = [...memories.keys()].filter((userId) => !kept.has(userId));
  if (others.length > 0) await mergeMemories(tx, key, others, memories);
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
const KEEP = {
  one: `${SET} ? WHERE environment = ? AND user_id = ?`,
  all: `${SET} new.told FROM unnest($1::bytea[], $2::text[], $3::text[]) AS new (told, environment, user_id) WHERE ${OF_NEW}`,
};
