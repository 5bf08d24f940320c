import { leastSample } from './least-sample';

describe(leastSample.name, () => {
  it.each([
    [0, 0.01],
    [12.5, 12.51],
    [37.123, 37.13],
    [99.999, 100],
  ])('of a user at %d is %d', (position, least) => {
    expect(leastSample(position)).toBe(least);
  });
});
