import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { play } from '../../test/play-requests';
import { paceRequests, planRequests } from './pace-requests';

const LIMIT = { requests: 1_000, windowMs: 300_000 };
const FREE = { used: 0, firstFreeAt: 0, nextAt: 0, blockedUntil: 0 };

describe(paceRequests.name, () => {
  it('lets half of the budget go at once', () => {
    const sent = play(LIMIT, { demand: () => 0, answers: () => 0, until: 1_000 });
    expect(sent.filter(({ sentAt }) => sentAt === 0)).toHaveLength(500);
    expect(sent.length).toBeLessThan(510);
  });

  it('spreads the rest', () => {
    const pace = paceRequests(LIMIT, { ...FREE, used: 600, firstFreeAt: 300_000 }, 0);
    expect(pace.isFree && pace.nextAt).toBeGreaterThan(300);
  });

  it.each([
    ['over the time until more are free', 200_000, 500],
    ['but not closer than the even share', 80_000, 300.9],
    ['though what is under way may take 20 s more', 320_900, 300_900 / 400],
  ])('spreads what is left, %s', (_, firstFreeAt, nextAt) => {
    expect(paceRequests(LIMIT, { ...FREE, used: 600, firstFreeAt }, 0)).toEqual({ isFree: true, nextAt });
  });

  it('waits until the first request counts no more where all are used', () => {
    const use = { used: 1_000, firstFreeAt: 7_000, nextAt: 5_000, blockedUntil: 0 };
    expect(paceRequests(LIMIT, use, 6_000)).toEqual({ isFree: false, until: 7_000 });
    expect(paceRequests(LIMIT, { ...use, blockedUntil: 9_000 }, 6_000)).toEqual({ isFree: false, until: 9_000 });
  });

  it('sends nothing before it may', () => {
    expect(paceRequests(LIMIT, { ...FREE, blockedUntil: 9_000 }, 8_999)).toEqual({ isFree: false, until: 9_000 });
    expect(paceRequests(LIMIT, { ...FREE, blockedUntil: 9_000 }, 9_000)).toMatchObject({ isFree: true });
    const planned = { used: 600, firstFreeAt: 200_000, nextAt: 9_000, blockedUntil: 0 };
    expect(paceRequests(LIMIT, planned, 8_999)).toEqual({ isFree: false, until: 9_000 });
    expect(paceRequests(LIMIT, planned, 9_000)).toMatchObject({ isFree: true });
  });

  it.each([
    ['at once, where there is no need to wait', { used: 100 }, undefined],
    ['after the time from one request to the next', { used: 700, firstFreeAt: 150_000 }, 500],
  ])('believes no plan of a clock that was ahead: the next goes %s', (_, use, until) => {
    const pace = paceRequests(LIMIT, { ...FREE, ...use, nextAt: 60_000 }, 0);
    expect(pace).toEqual(until === undefined ? { isFree: true, nextAt: 0 } : { isFree: false, until });
  });

  it.each([
    { requests: 1, windowMs: 1_000 },
    { requests: 2, windowMs: 3_000 },
    { requests: 30, windowMs: 3_000 },
  ])('takes a request whenever the budget is free: %j', (limit) => {
    expect(paceRequests(limit, FREE, 0)).toMatchObject({ isFree: true });
  });

  it('makes up for a request that went late, a little', () => {
    const use = { used: 900, firstFreeAt: 20_000, nextAt: 10_000, blockedUntil: 0 };
    const nextAfter = (now: number) => {
      const pace = paceRequests(LIMIT, use, now);
      return pace.isFree ? pace.nextAt : NaN;
    };
    expect(nextAfter(10_100)).toBe(nextAfter(10_000));
    expect(nextAfter(17_000)).toBeGreaterThan(nextAfter(10_000) + 500);
  });

  const limits = constantFrom(
    { requests: 1, windowMs: 1_000 },
    { requests: 7, windowMs: 2_000 },
    { requests: 30, windowMs: 3_000 },
    { requests: 100, windowMs: 10_000 },
  );

  it('never lets more than the limit count in any window, from its sending to its answer', () => {
    const runs = record({
      limit: limits,
      gaps: array(constantFrom(0, 0, 1, 50, 700, 4_000), { minLength: 1, maxLength: 20 }),
      answers: array(integer({ min: 0, max: 15_000 }), { minLength: 1, maxLength: 20 }),
    });
    assert(
      property(runs, ({ limit, gaps, answers }) => {
        const sent = play(limit, {
          demand: (index) => gaps[index % gaps.length] ?? 0,
          answers: (index) => answers[index % answers.length] ?? 0,
          until: 6 * limit.windowMs,
        });
        // A server counts a request at some time from its sending to its answer. The window that is hit hardest begins
        // where the earliest that may still fall into it was answered.
        for (const { answeredAt: start } of sent) {
          const end = start + limit.windowMs;
          const counted = sent.filter(({ sentAt, answeredAt }) => answeredAt >= start && sentAt <= end);
          expect(counted.length).toBeLessThanOrEqual(limit.requests);
        }
      }),
      { numRuns: 60 },
    );
  });

  describe('under constant demand', () => {
    const limit = { requests: 300, windowMs: 90_000 };
    const until = 5 * limit.windowMs;
    const sent = play(limit, { demand: () => 0, answers: () => 100, until });
    const countFrom = (from: number, length: number) =>
      sent.filter(({ sentAt }) => sentAt >= from && sentAt < from + length).length;

    it('uses 99 % of the limit in the length of each window, from the start', () => {
      for (let from = 0; from < until; from += limit.windowMs) {
        expect(countFrom(from, limit.windowMs)).toBeGreaterThanOrEqual(0.99 * limit.requests);
      }
    });

    it('sends evenly after the first window', () => {
      const slice = limit.windowMs / 20;
      const counts = [];
      for (let from = limit.windowMs; from + slice <= until; from += slice) counts.push(countFrom(from, slice));
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(0.9 * (limit.requests / 20));
      expect(Math.max(...counts)).toBeLessThanOrEqual(1.1 * (limit.requests / 20));
    });
  });
});

describe(planRequests.name, () => {
  it('lets as many of a large plan go as have their time by now, though that is no whole millisecond', () => {
    const large = { requests: 1_000, windowMs: 1_000 };
    const use = { used: 600, firstFreeAt: 300, nextAt: 0, blockedUntil: 0 };
    expect(planRequests(large, use, 10, 100)).toEqual({ count: 10, nextAt: 10 });
    expect(planRequests(large, use, 15, 100)).toEqual({ count: 15, nextAt: 15 });
  });

  it('lets as many go as are wanted, where that many may', () => {
    expect(planRequests(LIMIT, FREE, 5, 100)).toEqual({ count: 100, nextAt: 5 });
  });

  it('lets half of the budget go together, and says when the next one may', () => {
    const { count, nextAt } = planRequests(LIMIT, FREE, 0, 1_000);
    expect(count).toBe(500);
    expect(nextAt).toBeGreaterThan(300);
  });

  it('lets none go before it may', () => {
    expect(planRequests(LIMIT, { ...FREE, blockedUntil: 9_000 }, 8_999, 10)).toEqual({ count: 0, nextAt: 9_000 });
    const full = { used: 1_000, firstFreeAt: 7_000, nextAt: 0, blockedUntil: 0 };
    expect(planRequests(LIMIT, full, 0, 10)).toEqual({ count: 0, nextAt: 7_000 });
  });

  it('makes up for what went late with several at a time', () => {
    const use = { used: 900, firstFreeAt: 20_000, nextAt: 10_000, blockedUntil: 0 };
    expect(planRequests(LIMIT, use, 11_000, 10).count).toBe(4);
  });

  it('lets as many go together as would go one after the other', () => {
    const limits = record({ requests: integer({ min: 1, max: 60 }), windowMs: constantFrom(1_000, 10_000, 300_000) });
    const uses = record({
      used: integer({ min: 0, max: 70 }),
      firstFreeAt: integer({ min: 1_000, max: 400_000 }),
      nextAt: integer({ min: 0, max: 20_000 }),
      blockedUntil: constantFrom(0, 500, 5_000),
    });
    assert(
      property(limits, uses, integer({ min: 1, max: 40 }), (limit, use, most) => {
        const now = 1_000;
        let seen = use.used === 0 ? { ...use, firstFreeAt: Infinity } : use;
        let count = 0;
        for (; count < most; count += 1) {
          const pace = paceRequests(limit, seen, now);
          if (!pace.isFree) break;
          seen = { ...seen, used: seen.used + 1, nextAt: pace.nextAt };
        }
        expect(planRequests(limit, use, now, most).count).toBe(count);
      }),
    );
  });
});
