import { usersKeyOf } from '../environments';
import { isOneOf } from '../schema/is-one-of';
import { keptQuery } from '../schema/kept-query';
import type { Db } from '../schema/outbox-schema';

/** What is kept of a user. */
export interface RememberedUser {
  /** UserLeap is known to know it. */
  readonly isKnown: boolean;
  /** What it was told of a known user. */
  readonly memory: Uint8Array | null;
  /** The last month in which something may have been sent for it: 202612. */
  readonly tracked: number | null;
}

/** What is kept of these users. */
export async function loadMemories(
  db: Db,
  environment: string,
  users: readonly string[],
): Promise<ReadonlyMap<string, RememberedUser>> {
  const rows = await select(db, { environment, users });
  return new Map(
    rows.map(({ user_id, known, told, tracked }) => {
      const isKnown = known === 1;
      return [user_id, { isKnown, memory: isKnown ? told && alone(told) : null, tracked }];
    }),
  );
}

interface Users {
  readonly environment: string;
  readonly users: readonly string[];
}

const select = keptQuery((db, { environment, users }: Users) =>
  db
    .selectFrom('environment_users')
    .select(['user_id', 'known', 'told', 'tracked'])
    .where('environment', '=', usersKeyOf(environment))
    .where(isOneOf(db, 'user_id', users)),
);

/** A driver's buffer may be a small part of a large one, all of which would go along to another thread. */
function alone(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
