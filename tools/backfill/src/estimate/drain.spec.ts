import { drainMs } from '../least-delivery';
import { drain } from './drain';

const LIMIT = { requests: 1_000, windowMs: 300_000 };

describe(drain.name, () => {
  it('takes no more requests than there are loads where all of it waits', () => {
    const loads = Array.from({ length: 3_000 }, (_, index) => ({ first: index, last: index, calls: 1, requests: 1 }));
    const drained = drain(loads, { limit: LIMIT, eventsPerSecond: 1e9, places: 3_000, strangers: 0, others: 0 });
    expect(drained).toEqual({ requests: 3_000, lookUps: 0, ms: drainMs(3_000, LIMIT) });
  });

  it('takes one more for a user who is sent something while more of it is still to come', () => {
    const load = { first: 0, last: 1_000, calls: 2, requests: 1 };
    expect(drain([load], { limit: LIMIT, eventsPerSecond: 100, places: 1_001, strangers: 0, others: 0 }).requests).toBe(
      2,
    );
  });

  it('never takes less time than the hand-over', () => {
    const load = { first: 0, last: 0, calls: 1, requests: 1 };
    expect(drain([load], { limit: LIMIT, eventsPerSecond: 10, places: 1_000, strangers: 0, others: 0 }).ms).toBe(
      100_000,
    );
  });
});

describe(drainMs.name, () => {
  it.each([
    [450, 0],
    [900, 300_900],
    [9_000, 3_009_000],
  ])('takes for %d requests %d ms', (requests, ms) => {
    expect(drainMs(requests, LIMIT)).toBe(ms);
  });
});
