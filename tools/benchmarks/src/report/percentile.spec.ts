import { median, percentile } from './percentile';

describe(percentile.name, () => {
  it('is the smallest value that so many do not exceed, in whatever order they come', () => {
    const values = [5, 1, 4, 2, 3];
    expect([0, 0.2, 0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([1, 1, 3, 5, 5]);
  });

  it('does not exist of nothing', () => {
    expect(median([])).toBeNaN();
  });
});
