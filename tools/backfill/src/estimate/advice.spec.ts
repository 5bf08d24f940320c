import { adviseOn } from './advice';

describe(adviseOn.name, () => {
  it('says nothing of what the relay takes as it is', () => {
    const fates = [{ outcome: 'delivered', reason: '', events: 1_000_000 }] as const;
    expect(adviseOn({ fates })).toEqual([]);
  });

  it('names each variable that has to be larger', () => {
    const fates = [
      { outcome: 'delivered', reason: '', events: 3_000_000 },
      { outcome: 'waits', reason: 'unknown_user', events: 1_200_000 },
    ] as const;
    expect(adviseOn({ fates })).toEqual([
      expect.stringContaining('RELAY_BACKLOG_LIMIT=4000000: '),
      expect.stringContaining('RELAY_PARKED_LIMIT=2000000: '),
    ]);
  });
});
