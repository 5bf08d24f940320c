import { monthBefore, monthOf, startOf } from '../../outbox/counting/calendar';
import type { Usage, UsageTotals } from '../../outbox/port/usage';

const DAY_MS = 24 * 60 * 60_000;
/** By the vendor's older rule that many events and attributes cost as much as a user. */
const UNITS_PER_USER = 100;

/** What a month is expected to come to. */
export interface Forecast {
  readonly trackedUsers: number;
  readonly billedUsers: number;
  /** In a sentence. */
  readonly method: string;
  /** What keeps the month from coming to more: the rate limit lets no more requests go; nothing is known to, where it is null. */
  readonly limitedBy: 'requests' | null;
}

export interface ForecastCall {
  readonly usage: Pick<Usage, 'days'>;
  readonly month: number;
  readonly totals: UsageTotals;
  readonly now: number;
  /** How many requests may go in so many milliseconds. */
  readonly budget: { readonly requests: number; readonly windowMs: number };
  /** How long what goes next has waited for its turn. */
  readonly waitedMs: number;
}

/** The bill of a month: its users, or by the vendor's older rule what was sent for them, where that is more. */
export function billedUsersOf({ trackedUsers, events, attributes }: UsageTotals): number {
  return Math.max(trackedUsers, Math.ceil((events + attributes) / UNITS_PER_USER));
}

/** What a month will come to, from its days so far and the shape of the one before. */
export function forecast(call: ForecastCall): Forecast {
  const { month, totals, now } = call;
  if (month !== monthOf(now)) {
    const method = 'The month is over: this is what it came to.';
    return { trackedUsers: totals.trackedUsers, billedUsers: billedUsersOf(totals), method, limitedBy: null };
  }
  const elapsed = elapsedOf(month, now);
  const share = shareBefore(call, elapsed);
  const users = totals.trackedUsers / (share ?? elapsed);
  const most = totals.trackedUsers + requestsLeft(call);
  const isLimited = users > most || call.waitedMs > LONG_WAIT_MS;
  const trackedUsers = Math.round(Math.min(users, most));
  const sent = { events: totals.events / elapsed, attributes: totals.attributes / elapsed };
  return {
    trackedUsers,
    billedUsers: billedUsersOf({ trackedUsers, ...sent }),
    method: `${methodOf(share)}${isLimited ? ` ${LIMITED}` : ''}`,
    limitedBy: isLimited ? 'requests' : null,
  };
}

const LONG_WAIT_MS = 60 * 60_000;
const LIMITED = 'The rate limit lets no more requests go, so that some of it may go in the next month only.';

function methodOf(share: number | undefined): string {
  return share === undefined
    ? 'Users so far, divided by the part of the month that has passed: an upper bound, as fewer new ones come late in a month.'
    : `Users so far, divided by the ${Math.round(share * 100)} % that last month had at the same point.`;
}

/** The part of the month that has passed, from the first day on: hours tell too little. */
function elapsedOf(month: number, now: number): number {
  const length = startOf(month, 1) - startOf(month);
  return Math.min(1, Math.max(now - startOf(month), DAY_MS) / length);
}

/** What part of its users the month before had at the same point; undefined where it was not counted from its beginning. */
function shareBefore({ usage, month }: ForecastCall, elapsed: number): number | undefined {
  const before = monthBefore(month, 1);
  const days = usage.days.filter(({ day }) => Math.floor(day / 100) === before);
  const all = days.reduce((sum, { trackedUsers }) => sum + trackedUsers, 0);
  const [first] = days;
  if (!first || first.day % 100 > LATEST_FIRST_DAY || all === 0) return undefined;
  const point = (elapsed * (startOf(month) - startOf(before))) / DAY_MS;
  const upTo = days.reduce((sum, { day, trackedUsers }) => {
    return sum + trackedUsers * Math.min(1, Math.max(0, point - ((day % 100) - 1)));
  }, 0);
  return upTo === 0 ? undefined : upTo / all;
}

const LATEST_FIRST_DAY = 2;

function requestsLeft({ month, now, budget }: ForecastCall): number {
  return Math.floor(((startOf(month, 1) - now) / budget.windowMs) * budget.requests);
}
