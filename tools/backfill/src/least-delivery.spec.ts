import { leastDeliveryMs } from './least-delivery';

const LIMIT = { requests: 1_000, windowMs: 300_000 };

describe(leastDeliveryMs.name, () => {
  it.each([
    [1_000, 900, 300_900],
    [1_000_000, 900, 668_667],
    [1_000_000, 9_000, 3_009_000],
  ])('takes for %d events of %d users %d ms', (events, users, ms) => {
    expect(leastDeliveryMs({ events, users }, LIMIT)).toBe(ms);
  });
});
