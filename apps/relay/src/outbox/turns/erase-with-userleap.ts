import type { CountedTx } from '../counting/counted-write';
import { sharingDestinations, usersKeyOf, usersKeysOf } from '../environments';
import type { Settlement } from '../port/turn';
import type { Tx } from '../schema/outbox-schema';
import { forgetMostSent } from '../usage/most-sent';
import { dropOvertaken } from './drop-overtaken';
import { eraseSettled } from './erase-settled';

/**
 * A user that UserLeap has erased: what came before the order to erase it goes, up to the lane's last Delete, or the Alias that erases its
 * old user. At the other destinations of the environment, too: it is the same user there. Returns how many events it took.
 */
export async function eraseWithUserLeap(
  tx: CountedTx,
  { turn, environment, now }: Settlement,
  userId: string,
  limit: number,
): Promise<number> {
  const { destination } = turn;
  await tx
    .deleteFrom('environment_users')
    .where((user) =>
      user.or([
        user('environment', '=', usersKeyOf(environment)),
        // Whoever is to be erased is not to be kept because of an earlier key.
        user('environment', 'in', usersKeysOf(tx, destination)),
      ]),
    )
    .where('user_id', '=', userId)
    .execute();
  await forgetMostSent(tx, userId);
  const lastDelete = turn.lanes.find(({ lane }) => lane === userId)?.lastDelete;
  const own = turn.events.filter(({ lane }) => lane === userId).map(({ id }) => id);
  const upTo = lastDelete ?? Math.max(0, ...own);
  const others = await sharingDestinations(tx, environment, destination).execute();
  for (const other of others) await dropElsewhere(tx, { destination: other.destination, now }, userId, upTo);
  let erased = 0;
  // In one order: of two that erase the same user none waits for the other in vain.
  for (const one of [destination, ...others.map((other) => other.destination)].sort()) {
    erased += await eraseSettled(tx, { destination: one, userId, upTo, now, limit: Math.max(0, limit - erased) });
  }
  return erased;
}

/** What waited for the user at another destination would bring it back. What is on its way there is not called back. */
async function dropElsewhere(
  tx: CountedTx,
  call: { readonly destination: string; readonly now: number },
  userId: string,
  upTo: number,
): Promise<void> {
  if (await isTaken(tx, call.destination, userId)) return;
  while ((await dropOvertaken(tx, call, [{ lane: userId, last_delete: upTo }])).length > 0);
}

/** Whether somebody else has the lane. */
async function isTaken(tx: Tx, destination: string, userId: string): Promise<boolean> {
  const lane = tx.selectFrom('lanes').select('lane').where('destination', '=', destination).where('lane', '=', userId);
  if (!(await lane.executeTakeFirst())) return false;
  // Whoever holds it may wait for ours.
  return !(await lane.where('leased', '=', 0).forUpdate().skipLocked().executeTakeFirst());
}
