import { adviseOn } from './advice';

const HOUR_MS = 3_600_000;

describe(adviseOn.name, () => {
  it('says nothing of what the relay takes as it is', () => {
    const fates = [{ outcome: 'delivered', reason: '', events: 1_000_000 }] as const;
    expect(adviseOn({ fates, ms: 5 * HOUR_MS })).toEqual([]);
  });

  it('names each variable that has to be larger', () => {
    const fates = [
      { outcome: 'delivered', reason: '', events: 3_000_000 },
      { outcome: 'waits', reason: 'unknown_user', events: 1_200_000 },
    ] as const;
    expect(adviseOn({ fates, ms: 60 * HOUR_MS })).toEqual([
      expect.stringContaining('RELAY_BACKLOG_LIMIT=5000000: '),
      expect.stringContaining('RELAY_PARKED_LIMIT=2000000: '),
      expect.stringContaining('RELAY_RETRY_HORIZON=90h: '),
    ]);
  });
});
