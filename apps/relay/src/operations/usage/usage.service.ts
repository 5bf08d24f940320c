import { Inject, Injectable } from '@nestjs/common';
import type { Destination } from '../../config/relay-config';
import { RELAY_CONFIG } from '../../config/relay-config';
import type { RelayConfig } from '../../config/relay-config';
import { CLOCK } from '../../delivery/clock';
import type { Clock } from '../../delivery/clock';
import { monthOf } from '../../outbox/counting/calendar';
import { OUTBOX } from '../../outbox/port/outbox.port';
import type { OutboxPort } from '../../outbox/port/outbox.port';
import type { Usage, UsageTotals } from '../../outbox/port/usage';
import { billedUsersOf, forecast } from './forecast';
import type { Forecast } from './forecast';

export type BilledTotals = UsageTotals & { readonly billedUsers: number };

/** What a destination's environment costs in a month: of all destinations that deliver to it. */
export interface UsageReport extends BilledTotals {
  readonly destination: string;
  /** `2026-12`, as all months here (UTC). */
  readonly month: string;
  /** `monthlyUsers`; null: none. */
  readonly limit: number | null;
  /** How many events of the destination are dead letters because the limit was reached, and can be replayed. */
  readonly overLimit: number;
  readonly forecast: Forecast;
  /** Oldest first; users of a day are those that were the first time of the month. */
  readonly days: readonly (UsageTotals & { readonly day: string })[];
  /** Oldest first, up to 13. */
  readonly months: readonly (BilledTotals & { readonly month: string })[];
  readonly topEvents: Usage['topEvents'];
  readonly topUsers: Usage['topUsers'];
  /** `sampleUsers`, per cent. */
  readonly sampleUsers: number;
  /** How many of the month's users smaller samples would have. */
  readonly sampled: Usage['sampled'];
  /** Events of the month that were not sent. */
  readonly saved: { readonly unchanged: number; readonly notSampled: number; readonly filtered: number };
}

const NOTHING: UsageTotals = { trackedUsers: 0, events: 0, attributes: 0 };

/** What UserLeap will ask for. Costs the same however much was sent. */
@Injectable()
export class UsageService {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: Pick<RelayConfig, 'destinations'>,
    @Inject(OUTBOX)
    private readonly outbox: Pick<OutboxPort, 'usage' | 'usageDays' | 'readySince' | 'countDeadLetters'>,
    @Inject(CLOCK) private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** How many users count in the month that goes on: what is asked again and again costs no more than that. */
  async countTracked({ budget }: Destination): Promise<number> {
    const month = monthOf(this.clock.now());
    return sumUp(await this.outbox.usageDays({ environment: budget.id, month }), month).trackedUsers;
  }

  /** The same, and how many are expected to. */
  async outlook({ name, budget }: Destination): Promise<Pick<UsageReport, 'trackedUsers' | 'forecast'>> {
    const now = this.clock.now();
    const month = monthOf(now);
    const [days, since = now] = await Promise.all([
      this.outbox.usageDays({ environment: budget.id, month }),
      this.outbox.readySince(name, now),
    ]);
    const totals = sumUp(days, month);
    const { trackedUsers } = totals;
    return { trackedUsers, forecast: forecast({ usage: { days }, month, totals, now, budget, waitedMs: now - since }) };
  }

  /** Of the month that goes on, unless another is given. */
  async read(destination: Destination, given?: number): Promise<UsageReport> {
    const { name, budget, monthlyUsers, settings } = destination;
    const now = this.clock.now();
    const month = given ?? monthOf(now);
    const destinations = this.config.destinations.filter((one) => one.budget.id === budget.id).map((one) => one.name);
    const [usage, since = now, overLimit] = await Promise.all([
      this.outbox.usage({ environment: budget.id, destinations, month }),
      this.outbox.readySince(name, now),
      this.outbox.countDeadLetters({ destination: name, reason: 'monthly_limit' }),
    ]);
    const { trackedUsers, events, attributes } = usage.months.find((one) => one.month === month) ?? NOTHING;
    const totals = { trackedUsers, events, attributes };
    const { topEvents, topUsers, sampled } = usage;
    return {
      destination: name,
      month: textOf(month),
      ...totals,
      billedUsers: billedUsersOf(totals),
      limit: monthlyUsers ?? null,
      overLimit,
      forecast: forecast({ usage, month, totals, now, budget, waitedMs: now - since }),
      days: usage.days
        .filter(({ day }) => Math.floor(day / 100) === month)
        .map((one) => ({ ...one, day: textOf(one.day) })),
      months: usage.months.map((one) => ({ ...one, month: textOf(one.month), billedUsers: billedUsersOf(one) })),
      topEvents,
      topUsers,
      sampleUsers: settings.sampleUsers,
      sampled,
      saved: savedOf(usage),
    };
  }
}

function sumUp(days: Usage['days'], month: number): UsageTotals {
  return days
    .filter(({ day }) => Math.floor(day / 100) === month)
    .reduce(
      (sum, { trackedUsers, events, attributes }) => ({
        trackedUsers: sum.trackedUsers + trackedUsers,
        events: sum.events + events,
        attributes: sum.attributes + attributes,
      }),
      NOTHING,
    );
}

/** 202612 → `2026-12`, 20261231 → `2026-12-31`. */
function textOf(date: number): string {
  return String(date).replace(/(?<=^.{4}|^.{6})(?=.)/g, '-');
}

function savedOf({ saved }: Usage): UsageReport['saved'] {
  const { unchanged = 0, not_sampled: notSampled = 0, ...others } = Object.fromEntries(saved);
  const filtered = Object.values(others).reduce((sum, events) => sum + events, 0);
  return { unchanged, notSampled, filtered };
}
