import { paceBackfill, planBackfill } from './pace-backfill';

const LIMIT = { requests: 1_000, windowMs: 300_000 };
const FREE = { used: 0, backfilled: 0, liveSoon: 0, firstFreeAt: 0, nextAt: 0, blockedUntil: 0 };

describe(paceBackfill.name, () => {
  it('spreads nine tenths of the budget evenly, from the first request on', () => {
    expect(paceBackfill(LIMIT, FREE, 0)).toEqual({ isFree: true, nextAt: 300_900 / 900 });
    expect(planBackfill(LIMIT, FREE, 0, 10).count).toBe(1);
  });

  it('leaves what live requests need if they go on as they did lately', () => {
    expect(paceBackfill(LIMIT, { ...FREE, used: 160, liveSoon: 800 }, 0)).toEqual({ isFree: true, nextAt: 3_009 });
    const use = { ...FREE, used: 400, backfilled: 300, liveSoon: 600 };
    expect(paceBackfill(LIMIT, use, 0)).toMatchObject({ isFree: false });
  });

  it('plans a tenth of the budget for itself, however much is live', () => {
    expect(paceBackfill(LIMIT, { ...FREE, used: 800, liveSoon: 5_000 }, 0)).toEqual({ isFree: true, nextAt: 3_009 });
  });

  it('leaves a tenth of the budget free', () => {
    const use = { ...FREE, used: 900, firstFreeAt: 7_000 };
    expect(paceBackfill(LIMIT, use, 0)).toEqual({ isFree: false, until: 7_000 });
  });

  it('sends nothing before it may', () => {
    expect(paceBackfill(LIMIT, { ...FREE, blockedUntil: 9_000 }, 0)).toEqual({ isFree: false, until: 9_000 });
    expect(paceBackfill(LIMIT, { ...FREE, nextAt: 300 }, 0)).toEqual({ isFree: false, until: 300 });
  });

  it.each([
    { requests: 1, windowMs: 1_000 },
    { requests: 2, windowMs: 3_000 },
  ])('goes whenever the budget is free: %j', (limit) => {
    expect(paceBackfill(limit, FREE, 0)).toMatchObject({ isFree: true });
  });
});
