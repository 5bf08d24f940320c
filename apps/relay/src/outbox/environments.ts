import { sql } from 'kysely';
import type { Expression } from 'kysely';
import type { Db, Tx } from './schema/outbox-schema';

/** The environment that a destination delivers to: named after endpoint and key, neither of which can be read from it. */
export interface EnvironmentInUse {
  readonly destination: string;
  readonly environment: string;
}

/** Under which name the users of an environment are kept. */
export function usersKeyOf(environment: string): Expression<string> {
  return sql<string>`COALESCE((SELECT users_key FROM environments WHERE id = ${environment}), ${environment})`;
}

/** `usersKeyOf`, by now. */
export async function findUsersKey(db: Db, environment: string): Promise<string> {
  const row = await db.selectFrom('environments').select('users_key').where('id', '=', environment).executeTakeFirst();
  return row?.users_key ?? environment;
}

/** Under which names the users of all environments are kept that a destination, or any, has or had. */
export function usersKeysOf(db: Db, destination: string | undefined) {
  const all = db
    .selectFrom('destination_environments as own')
    .leftJoin('environments', 'environments.id', 'own.environment')
    .select((row) => row.fn.coalesce('environments.users_key', 'own.environment').as('users_key'));
  return destination === undefined ? all : all.where('own.destination', '=', destination);
}

/**
 * Takes note of which environments destinations deliver to from now on. A destination's first one takes over whom a version
 * that knew no environments has learnt of at this destination. Where it has another one than before, lanes whose users were
 * looked up in vain wait no longer: they may be known there.
 */
export async function useEnvironments(tx: Tx, inUse: readonly EnvironmentInUse[]): Promise<void> {
  for (const { destination, environment } of inUse) {
    const before = await tx
      .selectFrom('destination_environments')
      .select('environment')
      .where('destination', '=', destination)
      .where('in_use', '=', 1)
      .executeTakeFirst();
    if (before?.environment === environment) continue;
    if (before) await wakeParkedLanes(tx, destination);
    else await adoptUsers(tx, destination, environment);
    await tx
      .updateTable('destination_environments')
      .set({ in_use: 0 })
      .where('destination', '=', destination)
      .execute();
    await tx
      .insertInto('destination_environments')
      .values({ destination, environment, in_use: 1 })
      .onConflict((conflict) => conflict.columns(['destination', 'environment']).doUpdateSet({ in_use: 1 }))
      .execute();
  }
}

async function adoptUsers(tx: Tx, destination: string, environment: string): Promise<void> {
  const known = await tx.selectFrom('environments').select('id').where('id', '=', environment).executeTakeFirst();
  // Another destination was the first of this environment: a look-up tells who else is known.
  if (known) return void (await tx.deleteFrom('environment_users').where('environment', '=', destination).execute());
  const user = await tx
    .selectFrom('environment_users')
    .select('user_id')
    .where('environment', '=', destination)
    .where('known', '=', 1)
    .limit(1)
    .executeTakeFirst();
  await tx
    .insertInto('environments')
    .values({ id: environment, users_key: destination, answered: user ? 1 : 0 })
    .execute();
}

async function wakeParkedLanes(tx: Tx, destination: string): Promise<void> {
  await tx
    .updateTable('lanes')
    .set({ due_at: null, attempts: 0, parked: 0 })
    .where('destination', '=', destination)
    .where('parked', '=', 1)
    .execute();
}

/** Whether UserLeap has taken something there. */
export async function hasAnswered(db: Db, environment: string): Promise<boolean> {
  const row = await db.selectFrom('environments').select('answered').where('id', '=', environment).executeTakeFirst();
  return row?.answered === 1;
}

export async function noteAnswer(tx: Tx, environment: string): Promise<void> {
  // Once only: whoever writes the row keeps all other turns of the environment from their end.
  if (await hasAnswered(tx, environment)) return;
  await tx
    .insertInto('environments')
    .values({ id: environment, users_key: environment, answered: 1 })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ answered: 1 }))
    .execute();
}
