import { until } from '@segment-userleap/relay-driver';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';

// One UserLeap, and two keys of it: two environments.
const DEVELOPMENT = [{ name: 'shop' }, { name: 'twin', sandboxOf: 'shop' }];
const PRODUCTION = [{ name: 'shop', keyOf: 'production' }, DEVELOPMENT[1] ?? { name: 'twin' }];

describe('a destination that gets the key of another environment', () => {
  let group: RelayOnSandboxes;
  const shop = () => group.of('shop');
  const calls = () =>
    shop()
      .requests()
      .map(({ method, path, environment }) => `${method} ${path} ${environment}`);

  beforeEach(async () => {
    group = await RelayOnSandboxes.start(DEVELOPMENT);
  });

  afterEach(async () => {
    await group.stop();
  });

  async function startAnew(plans: typeof DEVELOPMENT): Promise<void> {
    await group.relay.end('SIGTERM');
    await group.startRelay(plans);
  }

  it('knows nobody there: a Track creates no user, and waits for its Identify', async () => {
    await shop().accept([{ type: 'identify', userId: 'ann', traits: { plan: 'pro' } }]);
    await shop().settled(1);
    await startAnew(PRODUCTION);
    await shop().accept([{ type: 'track', userId: 'ann', event: 'Clicked' }]);
    await until('a look-up', async () => (calls().length > 1 ? true : undefined));
    expect(calls()).toEqual(['POST /v2/users 1', 'GET /v2/users/ann 2']);
    await shop().accept([{ type: 'identify', userId: 'ann', traits: { plan: 'free' } }]);
    await shop().settled(3);
    const inProduction = shop()
      .sandbox.users()
      .filter(({ environment }) => environment === 2);
    expect(inProduction).toMatchObject([{ externalUserId: 'ann', attributes: { plan: 'free' } }]);
  });

  it('knows again whom it knew when the first key comes back', async () => {
    await shop().accept([{ type: 'identify', userId: 'ann' }]);
    await shop().settled(1);
    await startAnew(PRODUCTION);
    await startAnew(DEVELOPMENT);
    await shop().accept([{ type: 'track', userId: 'ann', event: 'Clicked' }]);
    await shop().settled(2);
    expect(calls()).toEqual(['POST /v2/users 1', 'POST /v2/users 1']);
  });
});
