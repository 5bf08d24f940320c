import { usersKeyOf } from '../environments';
import { isOneOf } from '../schema/is-one-of';
import type { Db } from '../schema/outbox-schema';

/** Those of these users whom UserLeap is known to know, each with what it was told of the user. */
export async function loadMemories(
  db: Db,
  environment: string,
  users: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array | null>> {
  const rows = await db
    .selectFrom('environment_users')
    .select(['user_id', 'told'])
    .where('environment', '=', usersKeyOf(environment))
    .where(isOneOf(db, 'user_id', users))
    .where('known', '=', 1)
    .execute();
  return new Map(rows.map(({ user_id, told }) => [user_id, told && alone(told)]));
}

/** A driver's buffer may be a small part of a large one, all of which would go along to another thread. */
function alone(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
