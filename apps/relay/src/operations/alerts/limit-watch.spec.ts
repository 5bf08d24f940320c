import { VirtualClock } from '../../../test/virtual-clock';
import type { Destination } from '../../config/relay-config';
import type { Alert } from './alert';
import { LimitWatch } from './limit-watch';

const LOOK = 10_000;

describe(LimitWatch.name, () => {
  const clock = new VirtualClock();
  const told: Alert[] = [];
  let pending = 0;
  let trackedUsers = 0;
  let keepsHouse = true;

  const watch = new LimitWatch(
    {
      backlogLimit: 100,
      alert: { url: 'http://127.0.0.1:1', secret: undefined },
      destinations: [{ name: 'small', monthlyUsers: 50 } as Destination, { name: 'unlimited' } as Destination],
    },
    { keepsHouse: () => Promise.resolve(keepsHouse) },
    clock,
    { look: () => Promise.resolve({ failure: undefined, pending }) },
    { countTracked: () => Promise.resolve(trackedUsers) },
    { tell: (alert) => void told.push(alert) },
  );

  beforeAll(() => watch.onApplicationBootstrap());
  afterAll(() => watch.beforeApplicationShutdown());
  beforeEach(() => (told.length = 0));

  async function waitFor(...counts: readonly number[]): Promise<readonly Alert[]> {
    for (const count of counts) {
      pending = count;
      await clock.advance(LOOK);
    }
    return told;
  }

  async function track(...counts: readonly number[]): Promise<readonly Alert[]> {
    for (const count of counts) {
      trackedUsers = count;
      await clock.advance(LOOK);
    }
    return told;
  }

  it('tells once that four fifths of what may wait do', async () => {
    expect(await waitFor(79)).toEqual([]);
    expect(await waitFor(80, 95, 75, 85)).toMatchObject([{ kind: 'limit', reason: 'backlog', count: 80 }]);
  });

  it('tells again once it was well below', async () => {
    expect(await waitFor(69, 81)).toHaveLength(1);
  });

  it('tells of the users of a month at four fifths, and at the limit', async () => {
    const small = { kind: 'limit', destination: 'small', reason: 'monthly_limit' };
    expect(await track(39, 40, 45, 50, 50)).toMatchObject([
      { ...small, count: 40 },
      { ...small, count: 50 },
    ]);
  });

  it('begins anew with the month', async () => {
    expect(await track(1, 41)).toHaveLength(1);
  });

  it('leaves it to the relay that keeps house', async () => {
    keepsHouse = false;
    expect(await waitFor(10, 90)).toEqual([]);
  });
});
