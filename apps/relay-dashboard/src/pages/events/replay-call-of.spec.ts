import { replayCallOf } from './replay-call-of';

describe(replayCallOf.name, () => {
  it('takes over what narrows the list, but not which page of it is shown', () => {
    const filter = { state: 'delivered', event: 'Paid', from: '2026-01-01T00:00:00Z', before: '1.2' } as const;
    expect(replayCallOf(filter)).toEqual({ state: 'delivered', event: 'Paid', from: '2026-01-01T00:00:00Z' });
  });

  it('means what has ended in any way, where that is not said', () => {
    expect(replayCallOf({ userId: 'ann' })).toEqual({ state: 'any', userId: 'ann' });
  });

  it.each([
    {},
    { before: '1.2' },
    { state: 'pending' },
    { state: 'held' },
    { state: 'delivered', search: 'ann' },
  ] as const)('replays nothing of %j', (filter) => {
    expect(replayCallOf(filter)).toBeUndefined();
  });
});
