import { MINUTE_MS, minuteOf } from '../counting/minute-of';
import { NO_FLOW } from '../counting/tally';
import { isoOf } from '../port/iso-of';
import { readAtOnce } from './read-at-once';
import { findOldest } from '../counting/find-oldest';
import type { BacklogSampleColumns, Db, Tx } from '../schema/outbox-schema';
import type { FlowMinute, OutboxOverview } from '../port/overview';

const MINUTES = 60;
const COUNTED_STATES = ['pending', 'held', 'rejected'] as const;

/** What happened in the last hour, and what is there now. */
export function loadOverview(db: Db, now: number): Promise<OutboxOverview> {
  return readAtOnce(db, async (tx) => {
    const counts = await tx
      .selectFrom('event_counts')
      .select((row) => ['destination', 'state', row.fn.sum<number>('count').as('count')])
      .where((row) => row.or(COUNTED_STATES.map((state) => row('state', '=', state))))
      .where('erased', '=', 0)
      .groupBy(['destination', 'state'])
      .execute();
    const sum = (state: string) =>
      counts.reduce((total, row) => (row.state === state ? total + Number(row.count) : total), 0);
    const oldest = await findOldestOfAll(tx, [...new Set(counts.map(({ destination }) => destination))]);
    const present = { waiting: sum('pending'), longestWait: oldest === undefined ? 0 : Math.max(0, now - oldest) };
    return {
      minutes: await loadMinutes(tx, now, present),
      pending: present.waiting,
      held: sum('held'),
      oldestPendingAt: oldest === undefined ? null : isoOf(oldest),
      deadLetters: sum('rejected'),
    };
  });
}

/** Since when the event waits that waits longest. */
async function findOldestOfAll(tx: Tx, destinations: readonly string[]): Promise<number | undefined> {
  const times: number[] = [];
  for (const destination of destinations) {
    const time = await findOldest(tx, destination);
    if (time !== undefined) times.push(time);
  }
  return times.length === 0 ? undefined : Math.min(...times);
}

/** At all destinations together. */
interface Backlog {
  readonly waiting: number;
  readonly longestWait: number;
}

/** Oldest first; the last is the one that is under way, to which what waits at present belongs. */
async function loadMinutes(tx: Tx, now: number, present: Backlog): Promise<readonly FlowMinute[]> {
  const first = minuteOf(now) - (MINUTES - 1) * MINUTE_MS;
  const rows = await tx.selectFrom('flow').selectAll().where('minute', '>=', first).execute();
  const samples = await tx.selectFrom('backlog_samples').selectAll().where('minute', '>=', first).execute();
  return Array.from({ length: MINUTES }, (_, index) => {
    const minute = first + index * MINUTE_MS;
    const sums = { ...NO_FLOW };
    for (const row of rows.filter((one) => one.minute === minute)) {
      for (const name of COUNTS) sums[name] += row[name];
    }
    const seen = sumUp(samples.filter((one) => one.minute === minute));
    const isLast = index === MINUTES - 1;
    return { at: isoOf(minute), ...sums, ...mostOf([...(seen ? [seen] : []), ...(isLast ? [present] : [])]) };
  });
}

function sumUp(samples: readonly BacklogSampleColumns[]): Backlog | undefined {
  if (samples.length === 0) return undefined;
  return {
    waiting: samples.reduce((sum, { waiting }) => sum + waiting, 0),
    longestWait: Math.max(...samples.map(({ longest_wait }) => longest_wait)),
  };
}

function mostOf(backlogs: readonly Backlog[]): Pick<FlowMinute, 'waiting' | 'longestWaitSeconds'> {
  if (backlogs.length === 0) return { waiting: null, longestWaitSeconds: null };
  return {
    waiting: Math.max(...backlogs.map(({ waiting }) => waiting)),
    longestWaitSeconds: Math.round(Math.max(...backlogs.map(({ longestWait }) => longestWait)) / 1_000),
  };
}

const COUNTS = ['accepted', 'delivered', 'filtered', 'unsupported', 'rejected', 'requests'] as const;
