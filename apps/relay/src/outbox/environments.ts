import { sql } from 'kysely';
import type { Expression } from 'kysely';
import type { EnvironmentInUse } from './port/steps';
import { keptQuery } from './schema/kept-query';
import type { Db, Tx } from './schema/outbox-schema';

/** Under which name the users of an environment are kept. */
export function usersKeyOf(environment: string): Expression<string> {
  return sql<string>`COALESCE((SELECT users_key FROM environments WHERE id = ${environment}), ${environment})`;
}

/** `usersKeyOf`, by now. */
export async function findUsersKey(db: Db, environment: string): Promise<string> {
  return (await loadEnvironment(db, environment)).usersKey;
}

/** Under which name the users of an environment are kept, and whether UserLeap has taken something there. */
export async function loadEnvironment(
  db: Db,
  environment: string,
): Promise<{ readonly usersKey: string; readonly isAnswered: boolean }> {
  const [row] = await selectEnvironment(db, { environment });
  return { usersKey: row?.users_key ?? environment, isAnswered: row?.answered === 1 };
}

const selectEnvironment = keptQuery((db, { environment }: { readonly environment: string }) =>
  db.selectFrom('environments').select(['users_key', 'answered']).where('id', '=', environment),
);

/** Under which names the users of all environments are kept that a destination, or any, has or had. */
export function usersKeysOf(db: Db, destination: string | undefined) {
  const all = db
    .selectFrom('destination_environments as own')
    .leftJoin('environments', 'environments.id', 'own.environment')
    .select((row) => row.fn.coalesce('environments.users_key', 'own.environment').as('users_key'));
  return destination === undefined ? all : all.where('own.destination', '=', destination);
}

/** The other destinations that deliver to an environment now. */
export function sharingDestinations(db: Db, environment: string, destination: string) {
  return db
    .selectFrom('destination_environments')
    .select('destination')
    .where('environment', '=', environment)
    .where('in_use', '=', 1)
    .where('destination', '!=', destination);
}

/**
 * Takes note of which environments destinations deliver to from now on. A destination's first one takes over whom a version
 * that knew no environments has learnt of at this destination. One that it had before stays in use until it is left.
 */
export async function useEnvironments(tx: Tx, inUse: readonly EnvironmentInUse[]): Promise<void> {
  for (const { destination, environment } of inUse) {
    const before = await tx
      .selectFrom('destination_environments')
      .select('environment')
      .where('destination', '=', destination)
      .where('in_use', '=', 1)
      .execute();
    if (before.some((row) => row.environment === environment)) continue;
    if (before.length === 0) await adoptUsers(tx, destination, environment);
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

/** Whether UserLeap has taken something there. */
export async function hasAnswered(db: Db, environment: string): Promise<boolean> {
  return (await loadEnvironment(db, environment)).isAnswered;
}

export async function noteAnswer(tx: Tx, environment: string): Promise<void> {
  await tx
    .insertInto('environments')
    .values({ id: environment, users_key: environment, answered: 1 })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ answered: 1 }))
    .execute();
}
