import { monthBefore } from '../counting/calendar';
import { SAMPLES } from '../counting/usage-tally';
import type { Usage, UsageCall, UsageTotals } from '../port/usage';
import { readAtOnce } from './read-at-once';
import type { Db, Tx } from '../schema/outbox-schema';
import type { UsageDayColumns, UsageMostColumns } from '../schema/usage-schema';

const TOP = 20;

/** What was sent in a month, and in the others that are kept. */
export function loadUsage(db: Db, call: UsageCall): Promise<Usage> {
  return readAtOnce(db, async (tx) => {
    const rows = await tx
      .selectFrom('usage_days')
      .selectAll()
      .where('environment', '=', call.environment)
      .orderBy('day')
      .execute();
    const shown = [monthBefore(call.month, 1), call.month];
    const events = await loadMost(tx, call, 'event');
    const users = await loadMost(tx, call, 'user');
    return {
      months: sumUpMonths(rows),
      days: rows
        .filter(({ day }) => shown.includes(monthOfDay(day)))
        .map((row) => ({ day: row.day, ...totalsOf(row) })),
      sampled: await loadSampled(tx, call),
      topEvents: events.map(({ name, events }) => ({ event: name, events })),
      topUsers: users.map(({ name, events }) => ({ userId: name, events })),
      saved: await loadSaved(tx, call),
    };
  });
}

/** Users, events and attributes of each day of a month and of the one before it, oldest first. */
export async function loadUsageDays(
  db: Db,
  { environment, month }: Pick<UsageCall, 'environment' | 'month'>,
): Promise<Usage['days']> {
  const rows = await db
    .selectFrom('usage_days')
    .selectAll()
    .where('environment', '=', environment)
    .where('day', '>=', monthBefore(month, 1) * 100)
    .where('day', '<', (month + 1) * 100)
    .orderBy('day')
    .execute();
  return rows.map((row) => ({ day: row.day, ...totalsOf(row) }));
}

function sumUpMonths(rows: readonly UsageDayColumns[]): Usage['months'] {
  const months = new Map<number, UsageTotals>();
  for (const row of rows) {
    const month = monthOfDay(row.day);
    const sum = months.get(month) ?? { trackedUsers: 0, events: 0, attributes: 0 };
    const { trackedUsers, events, attributes } = totalsOf(row);
    months.set(month, {
      trackedUsers: sum.trackedUsers + trackedUsers,
      events: sum.events + events,
      attributes: sum.attributes + attributes,
    });
  }
  return [...months].map(([month, totals]) => ({ month, ...totals }));
}

function totalsOf({ users, events, attributes }: UsageDayColumns): UsageTotals {
  return { trackedUsers: users, events, attributes };
}

function monthOfDay(day: number): number {
  return Math.floor(day / 100);
}

async function loadSampled(tx: Tx, { environment, month }: UsageCall): Promise<Usage['sampled']> {
  const row = await tx
    .selectFrom('usage_months')
    .selectAll()
    .where('environment', '=', environment)
    .where('month', '=', month)
    .executeTakeFirst();
  return SAMPLES.map((percent) => ({ percent, trackedUsers: row?.[`users_${percent}`] ?? 0 }));
}

function loadMost(tx: Tx, { environment, month }: UsageCall, kind: UsageMostColumns['kind']) {
  return tx
    .selectFrom('usage_most')
    .select(['name', 'events'])
    .where('environment', '=', environment)
    .where('month', '=', month)
    .where('kind', '=', kind)
    .orderBy('events', 'desc')
    .limit(TOP)
    .execute();
}

async function loadSaved(tx: Tx, { destinations, month }: UsageCall): Promise<Usage['saved']> {
  const rows = await tx
    .selectFrom('usage_saved')
    .select((row) => ['reason', row.fn.sum<number>('events').as('events')])
    .where('destination', 'in', destinations)
    .where('month', '=', month)
    .groupBy('reason')
    .execute();
  return new Map(rows.map(({ reason, events }) => [reason, Number(events)]));
}
