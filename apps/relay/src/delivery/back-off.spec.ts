import { backOff, lookUpAgainAfter } from './back-off';

describe(backOff.name, () => {
  it.each([
    [0, 1_000],
    [1, 2_000],
    [2, 4_000],
    [8, 256_000],
  ])('is, after %i failures, anything up to twice as long as after one less', (attempts, longest) => {
    expect(backOff(attempts, 1)).toBe(longest);
    expect(backOff(attempts, 0.5)).toBe(longest / 2);
  });

  it.each([9, 20, 10_000])('is never longer than five minutes: %i failures', (attempts) => {
    expect(backOff(attempts, 1)).toBe(300_000);
  });

  it.each([0, 5, 10_000])('is never so short that a failing server is hammered: %i failures', (attempts) => {
    expect(backOff(attempts, 0)).toBe(100);
  });
});

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
