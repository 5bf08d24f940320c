import { makeTrace } from './trace';

const SHAPE = { events: 20_000, users: 1000, durationMs: 3_600_000, exponent: 1, seed: 7 };

describe(makeTrace.name, () => {
  const trace = makeTrace(SHAPE);

  it('has so many events of so many users within the time, in its order, never two at once', () => {
    const times = trace.map(({ at }) => at);
    expect(times).toHaveLength(SHAPE.events);
    expect(new Set(trace.map(({ user }) => user)).size).toBe(SHAPE.users);
    expect(times.every((at, index) => at > (times[index - 1] ?? -1))).toBe(true);
    expect(times.at(-1)).toBeLessThan(SHAPE.durationMs);
  });

  it('begins each user with an Identify, and goes on mostly with Tracks', () => {
    const firsts = new Map([...trace].reverse().map(({ user, type }) => [user, type]));
    expect(new Set(firsts.values())).toEqual(new Set(['identify']));
    const rest = trace.filter(({ type }) => type !== 'identify');
    expect(rest.filter(({ type }) => type === 'track').length / SHAPE.events).toBeGreaterThan(0.8);
    expect(rest.some(({ type }) => type === 'page')).toBe(true);
  });

  it('is the same for the same seed only', () => {
    expect(makeTrace(SHAPE)).toEqual(trace);
    expect(makeTrace({ ...SHAPE, seed: 8 })).not.toEqual(trace);
  });
});
