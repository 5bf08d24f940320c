import type { LoadResult } from '../load/load-plan';
import { compare } from './compare';

describe(compare.name, () => {
  it('compares within each round before it takes the median, so that a slow spell of the machine cancels out', () => {
    const { ratio } = compare([50, 30, 5].map(at), [100, 100, 10].map(at));
    expect(ratio).toBe(0.5);
  });
});

function at(eventsPerSecond: number): LoadResult {
  return { requests: 1, eventsPerSecond, p50Ms: 1, p99Ms: 1 };
}
