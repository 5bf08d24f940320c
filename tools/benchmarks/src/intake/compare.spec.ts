import { compare } from './compare';
import type { Measured } from './compare';

describe(compare.name, () => {
  it('compares within each round before it takes the median, so that a slow spell of the machine cancels out', () => {
    const { rate, cpu } = compare([50, 30, 5].map(at), [100, 100, 10].map(at));
    expect(rate).toBe(0.5);
    expect(cpu).toBe(2);
  });
});

function at(eventsPerSecond: number): Measured {
  return { requests: 1, eventsPerSecond, cpuPerEvent: 1 / eventsPerSecond, p50Ms: 1, p99Ms: 1 };
}
