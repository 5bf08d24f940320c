import { backOff } from './back-off';

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
