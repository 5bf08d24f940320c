import { usersKeyOf } from '../environments';
import { IS_PENDING } from '../schema/conditions';
import { isOneOf } from '../schema/is-one-of';
import { keptQuery } from '../schema/kept-query';
import type { Tx } from '../schema/outbox-schema';
import type { Lane } from './find-lanes';

/** A lane whose user is not known. */
export interface Stranger {
  readonly lane: Lane;
  /** How often the user was looked up in vain. */
  readonly lookUps: number;
  /** When it is looked up, again or for the first time. */
  readonly lookUpAt: number;
}

interface Call {
  readonly destination: string;
  readonly environment: string;
  readonly now: number;
}

/**
 * Those of the lanes that need a look-up before anything in them can be delivered: nothing creates their user, and UserLeap is
 * not known to know it. Not those with an Alias, which is about another user, too; nor those that were tried before.
 */
export async function findStrangers(tx: Tx, call: Call, lanes: readonly Lane[]): Promise<readonly Stranger[]> {
  const candidates = lanes.filter(({ attempts, creates_user }) => attempts === 0 && creates_user === 0);
  if (candidates.length === 0) return [];
  const names = candidates.map(({ lane }) => lane);
  const users = await selectUsers(tx, { environment: call.environment, names });
  const found = new Map(users.map((user) => [user.user_id, user]));
  const strangers = candidates.filter(({ lane }) => found.get(lane)?.known !== 1);
  const aliasing = await findAliasing(tx, call, strangers);
  return strangers
    .filter(({ lane }) => !aliasing.has(lane))
    .map((lane) => {
      const user = found.get(lane.lane);
      return { lane, lookUps: user?.look_ups ?? 0, lookUpAt: user?.look_up_at ?? call.now };
    });
}

interface Named {
  readonly environment: string;
  readonly names: readonly string[];
}

const selectUsers = keptQuery((db, { environment, names }: Named) =>
  db
    .selectFrom('environment_users')
    .select(['user_id', 'known', 'look_ups', 'look_up_at'])
    .where('environment', '=', usersKeyOf(environment))
    .where(isOneOf(db, 'user_id', names)),
);

async function findAliasing(
  tx: Tx,
  { destination }: Call,
  lanes: readonly Lane[],
): Promise<ReadonlySet<string | null>> {
  if (lanes.length === 0) return new Set();
  const rows = await tx
    .selectFrom('events')
    .select('lane')
    .distinct()
    .where('destination', '=', destination)
    .where(
      isOneOf(
        tx,
        'lane',
        lanes.map(({ lane }) => lane),
      ),
    )
    .where(IS_PENDING)
    .where('other_user', 'is not', null)
    .execute();
  return new Set(rows.map(({ lane }) => lane));
}
