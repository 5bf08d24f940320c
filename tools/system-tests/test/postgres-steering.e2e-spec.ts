import { Replicas, REPLICAS } from '../src/replicas/replicas';
import { until } from '@segment-userleap/relay-driver';

const ALL = Array.from({ length: REPLICAS }, (_, at) => at);
const ALWAYS = 1_000_000;
// A turn at a time is begun by each of a replica's eight places.
const MOST_IN_FLIGHT = 8 * REPLICAS;
// The first pause between two probes is a second, less half of it by chance; each further one is longer.
const SHORTEST_GAP_MS = 400;

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
    await replicas.adminOf(0).post('/api/destinations/paused-by-hand/pause');
    await areAll('paused', 'paused-by-hand');
    for (const at of ALL) await replicas.identify(at, 'paused-by-hand', [`user-${at}`]);
    await until('all to be kept', async () => {
      return (await replicas.adminOf(0).destination('paused-by-hand')).pending === REPLICAS || undefined;
    });
    expect(sandbox.requests()).toEqual([]);
    await replicas.adminOf(1).post('/api/destinations/paused-by-hand/resume');
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
    const { pausedAt } = await replicas.adminOf(0).destination('refused');
    const probes = () =>
      sandbox
        .requests()
        .map(({ receivedAt }) => Date.parse(receivedAt))
        .filter((time) => time > Date.parse(pausedAt ?? '') + SHORTEST_GAP_MS);
    await until('four probes', () => probes().length >= 4 || undefined);
    const times = probes();
    expect(sandbox.requests().length - times.length).toBeLessThanOrEqual(MOST_IN_FLIGHT);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(SHORTEST_GAP_MS);

    sandbox.clear();
    await replicas.adminOf(2).post('/api/destinations/refused/resume');
    await areAll('delivering', 'refused');
    await replicas.of('refused').settled(10 * REPLICAS);
  });
});
