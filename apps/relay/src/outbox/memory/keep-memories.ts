import { mergeTold } from '@segment-userleap/delivery';
import { findUsersKey } from '../environments';
import type { Settlement } from '../port/turn';
import { executeForRows } from '../schema/execute-for-rows';
import { isOneOf } from '../schema/is-one-of';
import type { Tx } from '../schema/outbox-schema';

/**
 * Keeps what UserLeap was told of users whom it is known to know. Another destination of the same environment may have told it
 * something since the turn was leased: the newer value of each attribute stays.
 */
export async function keepMemories(
  tx: Tx,
  environment: Settlement['environment'],
  memories: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  if (memories.size === 0) return;
  const key = await findUsersKey(tx, environment);
  const kept = await tx
    .selectFrom('environment_users')
    .select(['user_id', 'told'])
    .where('environment', '=', key)
    .where(isOneOf(tx, 'user_id', [...memories.keys()]))
    .where('known', '=', 1)
    // In one order: two that keep something of the same users never wait for each other.
    .orderBy('user_id')
    .forUpdate()
    .execute();
  const rows = kept.flatMap(({ user_id, told }) => {
    const news = asBuffer(memories.get(user_id));
    // It may have been written with the user a moment ago.
    if (!news || (told && news.equals(told))) return [];
    return [[told ? asBuffer(mergeTold(told, news)) : news, key, user_id]];
  });
  await executeForRows(tx, KEEP, rows);
}

/** As both drivers take it. */
export function asBuffer(bytes: Uint8Array | undefined): Buffer | null {
  return bytes ? Buffer.from(bytes) : null;
}

const KEEP = {
  one: 'UPDATE environment_users SET told = ? WHERE environment = ? AND user_id = ?',
  all: `UPDATE environment_users SET told = new.told
    FROM unnest($1::bytea[], $2::text[], $3::text[]) AS new (told, environment, user_id)
    WHERE environment_users.environment = new.environment AND environment_users.user_id = new.user_id`,
};
