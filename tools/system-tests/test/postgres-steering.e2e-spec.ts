import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import { Replicas, REPLICAS } from '../src/replicas/replicas';
import { spanOf } from '../src/replicas/span-of';
import { until } from '@segment-userleap/relay-driver';

const ALL = Array.from({ length: REPLICAS }, (_, at) => at);
const ALWAYS = 1_000_000;
// A turn at a time is begun by each of a replica's eight places.
const MOST_IN_FLIGHT = 8 * REPLICAS;

describe('three relays on one PostgreSQL, of which one', () => {
  let replicas: Replicas;

  beforeAll(async () => {
    const database = process.env['TEST_POSTGRES_URL'] ?? '';
    const destinations = ['paused-by-hand', 'refused'];
    replicas = await Replicas.start({ database, schema: 'steering', lease: '3s', destinations });
  });

  afterAll(async () => {
    await replicas.stop();
  });

  /** Resolves when every replica says so of a destination. */
  async function areAll(state: string, name: string): Promise<void> {
    for (const at of ALL) {
      await until(`replica ${at} to be ${state}`, async () => {
        return (await replicas.adminOf(at).destination(name)).state === state || undefined;
      });
    }
  }

  it('is told to pause: all pause, until another is told to resume', async () => {
    const { sandbox } = replicas.of('paused-by-hand');
    await replicas.adminOf(0).pause('paused-by-hand');
    await areAll('paused', 'paused-by-hand');
    for (const at of ALL) await replicas.identify(at, 'paused-by-hand', [`user-${at}`]);
    await until('all to be kept', async () => {
      return (await replicas.adminOf(0).destination('paused-by-hand')).pending === REPLICAS || undefined;
    });
    expect(sandbox.requests()).toEqual([]);
    await replicas.adminOf(1).resume('paused-by-hand');
    await areAll('delivering', 'paused-by-hand');
    expect((await replicas.of('paused-by-hand').settled(REPLICAS)).map(({ state }) => state)).toEqual(
      ALL.map(() => 'delivered'),
    );
  });

  it('finds the key refused: all pause, and one at a time probes', async () => {
    const { sandbox } = replicas.of('refused');
    sandbox.addFault({ status: 401, times: ALWAYS });
    for (const at of ALL) {
      const users = Array.from({ length: 10 }, (_, index) => `user-${at}-${index}`);
      await replicas.identify(at, 'refused', users);
    }
    await areAll('paused', 'refused');
    await until('nothing to be in flight', async () => {
      const { lanes } = await replicas.adminOf(0).lanePage({ destination: 'refused' });
      return lanes.every(({ waitsFor }) => waitsFor !== 'answer') || undefined;
    });
    const before = sandbox.requests();
    // From now on two probes for the same time would be in flight at once.
    sandbox.clear();
    sandbox.addFault({ status: 401, delayMs: 300, times: ALWAYS });
    const probes = await until('four probes, one at a time', () => {
      const last = inTurn([...before, ...sandbox.requests()]);
      return last.length >= 4 ? last : undefined;
    });
    const others = before.length + sandbox.requests().length - probes.length;
    expect(others).toBeLessThanOrEqual(Math.min(before.length, MOST_IN_FLIGHT));

    sandbox.clear();
    await replicas.adminOf(2).resume('refused');
    await areAll('delivering', 'refused');
    await replicas.of('refused').settled(10 * REPLICAS);
  });
});

/** Of requests in order of arrival the last ones, as far as each came after all before it were over. */
function inTurn(requests: readonly RecordedRequest[]): readonly RecordedRequest[] {
  const spans = requests.map(spanOf);
  const isInTurn = spans.map(({ from }, at) => spans.slice(0, at).every(({ to }) => to <= from));
  return requests.slice(isInTurn.lastIndexOf(false) + 1);
}
