import { VirtualClock } from '../../../test/virtual-clock';
import type { Alert } from './alert';
import { BacklogWatch } from './backlog-watch';

const LOOK = 10_000;

describe(BacklogWatch.name, () => {
  const clock = new VirtualClock();
  const told: Alert[] = [];
  let pending = 0;
  let keepsHouse = true;

  const watch = new BacklogWatch(
    { backlogLimit: 100, alert: { url: 'http://127.0.0.1:1', secret: undefined } },
    { keepsHouse: () => Promise.resolve(keepsHouse) },
    clock,
    { look: () => Promise.resolve({ failure: undefined, pending }) },
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

  it('tells once that four fifths of what may wait do', async () => {
    expect(await waitFor(79)).toEqual([]);
    expect(await waitFor(80, 95, 75, 85)).toMatchObject([{ kind: 'limit', reason: 'backlog', count: 80 }]);
  });

  it('tells again once it was well below', async () => {
    expect(await waitFor(69, 81)).toHaveLength(1);
  });

  it('leaves it to the relay that keeps house', async () => {
    keepsHouse = false;
    expect(await waitFor(10, 90)).toEqual([]);
  });
});
