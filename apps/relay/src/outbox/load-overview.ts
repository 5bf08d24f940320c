import { MINUTE_MS, minuteOf, NO_FLOW } from './count-changes';
import { isoOf } from './iso-of';
import { readAtOnce } from './read-at-once';
import type { Db, Tx } from './lanes';
import type { FlowMinute, OutboxOverview } from './outbox.port';

const MINUTES = 60;

/** What happened in the last hour, and what is there now. */
export function loadOverview(db: Db, now: number): Promise<OutboxOverview> {
  return readAtOnce(db, async (tx) => {
    const counts = await tx
      .selectFrom('event_counts')
      .select((row) => ['destination', 'state', row.fn.sum<number>('count').as('count')])
      .where((row) => row.or([row('state', '=', 'pending'), row('state', '=', 'rejected')]))
      .where('erased', '=', 0)
      .groupBy(['destination', 'state'])
      .execute();
    const sum = (state: string) =>
      counts.reduce((total, row) => (row.state === state ? total + Number(row.count) : total), 0);
    const oldest = await findOldest(tx, [...new Set(counts.map(({ destination }) => destination))]);
    return {
      minutes: await loadMinutes(tx, now),
      pending: sum('pending'),
      oldestPendingAt: oldest === undefined ? null : isoOf(oldest),
      deadLetters: sum('rejected'),
    };
  });
}

/** Since when the event waits that waits longest. */
async function findOldest(tx: Tx, destinations: readonly string[]): Promise<number | undefined> {
  const times: number[] = [];
  for (const destination of destinations) {
    const lane = await tx
      .selectFrom('lanes')
      .select('queued_at')
      .where('destination', '=', destination)
      .orderBy('queued_at')
      .limit(1)
      .executeTakeFirst();
    if (lane) times.push(lane.queued_at);
  }
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Oldest first; the last is the one that is under way. */
async function loadMinutes(tx: Tx, now: number): Promise<readonly FlowMinute[]> {
  const first = minuteOf(now) - (MINUTES - 1) * MINUTE_MS;
  const rows = await tx.selectFrom('flow').selectAll().where('minute', '>=', first).execute();
  return Array.from({ length: MINUTES }, (_, index) => {
    const minute = first + index * MINUTE_MS;
    const sums = { ...NO_FLOW };
    for (const row of rows.filter((one) => one.minute === minute)) {
      for (const name of COUNTS) sums[name] += row[name];
    }
    return { at: isoOf(minute), ...sums };
  });
}

const COUNTS = ['accepted', 'delivered', 'filtered', 'unsupported', 'rejected', 'requests'] as const;
