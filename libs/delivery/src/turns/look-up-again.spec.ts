import { lookUpAgainAfter } from './look-up-again';

describe(lookUpAgainAfter.name, () => {
  const MINUTE = 60_000;
  it.each([
    [0, MINUTE / 6],
    [1, MINUTE],
    [2, 5 * MINUTE],
    [3, 60 * MINUTE],
    [4, 360 * MINUTE],
    [5, 1_440 * MINUTE],
    [6, 1_440 * MINUTE],
    [1_000, 1_440 * MINUTE],
  ])('grows up to a day: after %i look-ups %i ms', (attempts, delayMs) => {
    expect(lookUpAgainAfter(attempts)).toBe(delayMs);
  });
});
