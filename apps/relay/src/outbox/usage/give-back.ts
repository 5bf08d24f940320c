import { sql } from 'kysely';
import type { CountedTx } from '../counting/counted-write';
import { monthOf } from '../counting/calendar';
import type { Settlement } from '../port/turn';
import { IS_SETTLED } from '../schema/conditions';
import { isOneOf } from '../schema/is-one-of';
import type { Tx } from '../schema/outbox-schema';
import { unmarkUsers } from './mark-users';

/** Places in a month that turns of one destination took for nothing are free again. */
export async function giveBack(tx: CountedTx, usersKey: string, settlements: readonly Settlement[]): Promise<void> {
  const all = settlements.flatMap(({ givenBack }) => givenBack);
  if (all.length === 0) return;
  const since = Math.min(...all.map(({ at }) => at));
  const names = all.map(({ userId }) => userId);
  const { turn, environment = '' } = settlements[0] ?? {};
  const destination = turn?.destination ?? '';
  const elsewhere = await findToldElsewhere(tx, { environment, destination, since }, names);
  const months = new Map<number, Map<string, number>>();
  for (const { userId, at } of all.filter((one) => !elsewhere.has(one.userId))) {
    const users = months.get(monthOf(at)) ?? new Map<string, number>();
    months.set(monthOf(at), users.set(userId, at));
  }
  for (const [month, users] of [...months].sort(([one], [other]) => one - other)) {
    for (const userId of await unmarkUsers(tx, usersKey, { month, users: [...users.keys()] })) {
      tx.tally.usage.addUsers(environment, users.get(userId) ?? since, [userId], -1);
    }
  }
}

/**
 * Those of whom another destination of the environment may have told something since then: it found that they had a place, and
 * took none itself. What is in flight there is asked first: what ends meanwhile is found among what has ended.
 */
async function findToldElsewhere(
  tx: Tx,
  call: { readonly environment: string; readonly destination: string; readonly since: number },
  users: readonly string[],
): Promise<ReadonlySet<string | null>> {
  const others = await tx
    .selectFrom('destination_environments')
    .select('destination')
    .where('environment', '=', call.environment)
    .where('destination', '!=', call.destination)
    .execute();
  const told = new Set<string | null>();
  for (const { destination } of others) {
    const waiting = tx.selectFrom('lanes').select('lane').where('destination', '=', destination).where(IS_TRIED);
    for (const { lane } of await waiting.where(isOneOf(tx, 'lane', users)).execute()) told.add(lane);
    const ended = tx.selectFrom('events').select('lane').distinct().where('destination', '=', destination);
    const rows = await ended
      .where(isOneOf(tx, 'lane', users))
      .where(IS_SETTLED)
      .where('settled_at', '>=', call.since)
      .where('attempts', '>', 0)
      .execute();
    for (const { lane } of rows) told.add(lane);
  }
  return told;
}

const IS_TRIED = sql<boolean>`(leased = 1 OR attempts > 0)`;
