import { billedUsersOf, forecast } from './forecast';
import type { ForecastCall } from './forecast';

const DAY = 24 * 60 * 60_000;
const [NOVEMBER, DECEMBER] = [202611, 202612];

/** So many users on each day of a month up to a day. */
function days(month: number, usersOf: (day: number) => number, last: number): ForecastCall['usage']['days'] {
  return Array.from({ length: last }, (_, index) => {
    return { day: month * 100 + index + 1, trackedUsers: usersOf(index + 1), events: 0, attributes: 0 };
  });
}

function call(fields: Partial<ForecastCall> = {}): ForecastCall {
  const totals = { trackedUsers: 1_000, events: 0, attributes: 0 };
  const budget = { requests: 1_000, windowMs: 300_000 };
  // A third of December has passed.
  const now = Date.UTC(2026, 11, 1) + (31 / 3) * DAY;
  return { usage: { days: [] }, month: DECEMBER, totals, now, budget, waitedMs: 0, ...fields };
}

describe(forecast.name, () => {
  it('goes on as in the part of the month that has passed, where there is no month before', () => {
    expect(forecast(call())).toEqual({
      trackedUsers: 3_000,
      billedUsers: 3_000,
      method: expect.stringContaining('an upper bound'),
      limitedBy: null,
    });
  });

  it('goes on as the month before did from the same point, where that was counted from its beginning', () => {
    // Two of three users came in its first third.
    const before = days(NOVEMBER, (day) => (day <= 10 ? 20 : 5), 30);
    expect(forecast(call({ usage: { days: before } }))).toMatchObject({
      trackedUsers: 1_500,
      method: 'Users so far, divided by the 67 % that last month had at the same point.',
    });
    expect(forecast(call({ usage: { days: before.slice(5) } }))).toMatchObject({ trackedUsers: 3_000 });
  });

  it('takes the first day for whole', () => {
    const now = Date.UTC(2026, 11, 1) + 60_000;
    expect(forecast(call({ now, totals: { trackedUsers: 10, events: 0, attributes: 0 } })).trackedUsers).toBe(310);
  });

  it('is what it came to, of a month that is over', () => {
    expect(forecast(call({ month: NOVEMBER }))).toMatchObject({ trackedUsers: 1_000, limitedBy: null });
  });

  it('goes no further than requests can, and says so', () => {
    const budget = { requests: 10, windowMs: DAY };
    expect(forecast(call({ budget }))).toMatchObject({ trackedUsers: 1_206, limitedBy: 'requests' });
    expect(forecast(call({ waitedMs: 2 * 60 * 60_000 }))).toMatchObject({
      trackedUsers: 3_000,
      limitedBy: 'requests',
      method: expect.stringContaining('The rate limit lets no more requests go'),
    });
  });

  it('has the bill by events and attributes, where that is more', () => {
    const totals = { trackedUsers: 1_000, events: 100_000, attributes: 50_000 };
    expect(billedUsersOf(totals)).toBe(1_500);
    expect(forecast(call({ totals }))).toMatchObject({ trackedUsers: 3_000, billedUsers: 4_500 });
  });
});
