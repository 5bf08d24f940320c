import type { ReasonCode } from '@segment-userleap/mapping';
import type { Db } from '../schema/outbox-schema';
import { PARKED } from './tally';
import type { DeadLetterCount, WaitingCounts } from '../port/outbox.port';

/** How many events wait at a destination. */
export async function countPending(db: Db, destination: string): Promise<number> {
  const { count } = await db
    .selectFrom('event_counts')
    .where('state', '=', 'pending')
    .where('destination', '=', destination)
    .select((row) => row.fn.sum<number>('count').as('count'))
    .executeTakeFirstOrThrow();
  return Number(count ?? 0);
}

/** How many events wait at these destinations, or in all. */
export async function countWaiting(db: Db, destinations?: readonly string[]): Promise<WaitingCounts> {
  let query = db.selectFrom('event_counts').where('state', '=', 'pending');
  if (destinations) query = query.where('destination', 'in', destinations);
  const rows = await query
    .select((row) => ['reason', row.fn.sum<number>('count').as('count')])
    .groupBy('reason')
    .execute();
  const sum = (counts: typeof rows): number => counts.reduce((total, { count }) => total + Number(count), 0);
  return { all: sum(rows), parked: sum(rows.filter(({ reason }) => reason === PARKED)) };
}

/** How many events wait for this reason, or for any, by destination, where any do. */
export async function countWaitingFor(db: Db, reason?: ReasonCode): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('event_counts')
    .select((row) => ['destination', row.fn.sum<number>('count').as('count')])
    .where('state', '=', 'pending')
    .$if(reason !== undefined, (counts) => counts.where('reason', '=', reason ?? ''))
    .where('count', '>', 0)
    .groupBy('destination')
    .orderBy('destination')
    .execute();
  return new Map(rows.map(({ destination, count }) => [destination, Number(count)]));
}

/** How many dead letters could be replayed, by destination and reason, where any could. */
export async function countDeadLettersByReason(db: Db): Promise<readonly DeadLetterCount[]> {
  const rows = await db
    .selectFrom('event_counts')
    .select((row) => ['destination', 'reason', row.fn.sum<number>('count').as('count')])
    .where('state', '=', 'rejected')
    .where('erased', '=', 0)
    .where('count', '>', 0)
    .groupBy(['destination', 'reason'])
    .orderBy('destination')
    .orderBy('reason')
    .execute();
  return rows.map(({ destination, reason, count }) => ({ destination, reason, count: Number(count) }));
}

/** How many events are held until it is known whose they are, by destination, where any are. */
export async function countHeld(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('event_counts')
    .select((row) => ['destination', row.fn.sum<number>('count').as('count')])
    .where('state', '=', 'held')
    .where('count', '>', 0)
    .groupBy('destination')
    .orderBy('destination')
    .execute();
  return new Map(rows.map(({ destination, count }) => [destination, Number(count)]));
}
