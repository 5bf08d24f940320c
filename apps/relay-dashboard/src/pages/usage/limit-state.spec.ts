import { limitState } from './limit-state';

describe(limitState.name, () => {
  it.each([
    [{ trackedUsers: 5_000, limit: null, expected: 9_000 }, 'none'],
    [{ trackedUsers: 799, limit: 1_000, expected: 1_000 }, 'fine'],
    [{ trackedUsers: 800, limit: 1_000, expected: 1_000 }, 'near'],
    [{ trackedUsers: 100, limit: 1_000, expected: 1_001 }, 'forecast'],
    [{ trackedUsers: 1_000, limit: 1_000, expected: 1_000 }, 'reached'],
    [{ trackedUsers: 0, limit: 0, expected: 0 }, 'reached'],
  ] as const)('of %j is %s', ({ expected, ...usage }, state) => {
    expect(limitState({ ...usage, forecast: { trackedUsers: expected } })).toBe(state);
  });
});
