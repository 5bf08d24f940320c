import { runOverload } from '../src/overload/overload-run';

// A window that is longer than a restart: what went out before still counts after it.
const LIMIT = { requests: 120, windowMs: 8_000 };

describe('the relay, when more comes in than may go out', () => {
  it('never sends what UserLeap would answer 429, over a kill and a restart, and goes on when the window allows more', async () => {
    const { use, events, wrong } = await runOverload({
      destinations: ['one'],
      users: 150,
      limit: LIMIT,
      ends: ['SIGKILL', 'SIGTERM'],
      loadMs: 4_000,
    });
    console.log(`${events} events in ${use.requests} requests; ${use.percent} % of the budget of the time it ran`);
    expect(use.rateLimited).toBe(0);
    expect(use.requests).toBeGreaterThan(LIMIT.requests);
    expect(wrong).toEqual([]);
  }, 180_000);

  it('counts destinations with the same key together, and lets each have its share', async () => {
    const { use, shares, wrong } = await runOverload({
      destinations: ['left', 'right'],
      users: 50,
      limit: LIMIT,
      ends: ['SIGKILL'],
      loadMs: 3_000,
    });
    console.log(
      `${use.requests} requests, under load ${shares.join(' and ')}; ${use.percent} % of the budget of the time it ran`,
    );
    expect(use.rateLimited).toBe(0);
    expect(use.requests).toBeGreaterThan(LIMIT.requests);
    expect(Math.min(...shares)).toBeGreaterThan(0.25 * Math.max(...shares));
    expect(wrong).toEqual([]);
  }, 180_000);
});
