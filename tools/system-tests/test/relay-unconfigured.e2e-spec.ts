import { DescribedApi } from '../src/described-api';
import type { ApiDescription } from '../src/described-api';
import { readinessOf } from '../src/readiness';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';

const SHOP = { name: 'shop', settings: { denyEvents: ['Ping'] } };

describe('destinations that were renamed or removed while events waited for them', () => {
  let group: RelayOnSandboxes;
  let api: DescribedApi;
  const shop = () => group.of('shop');

  /** What a call is answered with, and what is wrong with that. */
  async function ask(call: string, name: string, body?: object): Promise<readonly [unknown, readonly string[]]> {
    const response = await group.admin.post(`/api/destinations/${name}/${call}`, body);
    const answer: unknown = await response.json();
    const problems = api.problemsOf(
      `POST /api/destinations/{name}/${call}`,
      response.status,
      'application/json',
      answer,
    );
    return [answer, problems];
  }

  const endOf = async (messageId: string) => {
    const events = await group.admin.events({ messageId });
    return events.map(({ destination, state, reason }) => [destination, state, reason]);
  };

  beforeAll(async () => {
    group = await RelayOnSandboxes.start([SHOP, { name: 'store' }, { name: 'gone' }]);
    for (const name of ['store', 'gone']) await group.admin.pause(name);
    const bob = { type: 'identify', userId: 'bob', messageId: 'bob', traits: { plan: 'pro' } };
    await group
      .of('store')
      .accept([
        { type: 'identify', userId: 'ann', messageId: 'ann', traits: { plan: 'pro' } },
        { type: 'track', userId: 'ann', messageId: 'clicked', event: 'Clicked' },
        { type: 'track', userId: 'ann', messageId: 'ping', event: 'Ping' },
        bob,
      ]);
    await group.of('gone').accept([{ type: 'identify', userId: 'cat', messageId: 'cat' }]);
    await shop().accept([bob]);
    await shop().settled(1);
    await group.relay.end('SIGTERM');
    await group.startRelay([SHOP]);
    api = new DescribedApi((await (await fetch(`${group.relay.url}/docs/json`)).json()) as ApiDescription);
  });

  afterAll(async () => {
    await group.stop();
  });

  it('are told of: in the log, in readiness, in a metric, and by the API', async () => {
    const told = group.output().match(/events wait for destinations that are not configured[^"]*/g);
    expect(told).toEqual([
      'events wait for destinations that are not configured, move or end them: gone (1), store (4)',
    ]);
    expect(await readinessOf(group.relay)).toMatchObject({
      status: 'degraded',
      reasons: [
        'destination gone is not configured: events wait for it (1)',
        'destination store is not configured: events wait for it (4)',
      ],
    });
    const metrics = await (await fetch(`${group.relay.url}/metrics`)).text();
    expect(metrics).toContain('relay_unconfigured_events{destination="store"} 4');
    expect(metrics).toContain('relay_backlog_events 0');
    const record = { state: 'not configured', oldestPendingAt: expect.any(String) };
    const records = [
      { ...record, name: 'gone', pending: 1 },
      { ...record, name: 'store', pending: 4 },
    ];
    expect(await group.admin.unconfigured()).toEqual(records);
    expect(await group.admin.overview()).toMatchObject({ unconfigured: records });
  });

  it.each([
    ['/api/destinations/never/move', { to: 'shop' }, 404, 'name: there is no such destination'],
    ['/api/destinations/shop/move', { to: 'shop' }, 400, 'name: expected a destination that is not configured'],
    ['/api/destinations/store/move', { to: 'gone' }, 400, 'to: expected the name of a destination that is configured'],
    ['/api/destinations/store/move', {}, 400, 'to: expected the name of a destination that is configured'],
    ['/api/destinations/never/end', undefined, 404, 'name: there is no such destination'],
    ['/api/destinations/shop/end', undefined, 400, 'name: expected a destination that is not configured'],
  ])('are neither moved nor ended by a wrong call: POST %s %j', async (path, body, status, message) => {
    const answer = await group.admin.post(path, body);
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ message })]);
    expect(await group.admin.unconfigured()).toHaveLength(2);
  });

  it('are moved to a destination, whose settings count', async () => {
    expect(await ask('move', 'store', { to: 'shop' })).toEqual([{ moved: 4 }, []]);
    await shop().settled(4);
    const attributes = { plan: 'pro' };
    expect(shop().sandbox.users()).toMatchObject([
      { externalUserId: 'bob', attributes },
      { externalUserId: 'ann', attributes, events: [{ event: 'Clicked' }] },
    ]);
    expect(await endOf('ping')).toEqual([['shop', 'filtered', 'event_denied']]);
    expect(await endOf('bob')).toEqual([
      ['shop', 'delivered', null],
      ['store', 'filtered', null],
    ]);
    expect(await group.admin.move('store', 'shop')).toBe(0);
  });

  it('are ended: what waits becomes dead letters', async () => {
    expect(await ask('end', 'gone')).toEqual([{ ended: 1 }, []]);
    expect(await endOf('cat')).toEqual([['gone', 'rejected', 'out_of_time']]);
    expect(await group.admin.end('gone')).toBe(0);
    expect(await group.admin.unconfigured()).toEqual([]);
    expect(await readinessOf(group.relay)).toMatchObject({ status: 'ok', reasons: [] });
  });
});
