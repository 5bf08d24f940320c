import { RelayOnSandbox, WRITE_KEY } from '@segment-userleap/relay-driver';

const BACKFILL = { 'x-relay-priority': 'backfill' };

describe('a backfill', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start();
  });

  afterAll(async () => {
    await pair.stop();
  });

  async function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = BACKFILL) {
    const authorization = `Basic ${btoa(`${WRITE_KEY}:`)}`;
    const call = { method: 'POST', headers: { authorization, ...headers }, body: JSON.stringify(body) };
    expect((await fetch(`${pair.relay.url}${path}`, call)).status).toBe(200);
  }
  const identify = (messageId: string, plan: string, timestamp: string) => {
    return { type: 'identify', userId: 'anna', messageId, timestamp, traits: { plan, [messageId]: true } };
  };
  const priorityOf = async (messageId: string) => (await pair.admin.events({ messageId }))[0]?.priority;

  it('is told from live events, by whatever door it comes', async () => {
    await post('/v1/identify', identify('single', 'old', '2020-01-01T00:00:00Z'));
    await post('/v1/batch', { batch: [identify('batch', 'old', '2020-01-02T00:00:00Z')] });
    await post('/webhooks/segment', identify('webhook', 'old', '2020-01-03T00:00:00Z'));
    await post('/v1/identify', identify('other', 'old', '2020-01-04T00:00:00Z'), { 'x-relay-priority': 'high' });
    await pair.settled(4);
    expect(await Promise.all(['single', 'batch', 'webhook', 'other'].map(priorityOf))).toEqual([
      'backfill',
      'backfill',
      'backfill',
      'live',
    ]);
  });

  it('takes back nothing that is newer', async () => {
    await post('/v1/identify', identify('today', 'new', '2026-01-01T00:00:00Z'), {});
    await pair.settled(5);
    await post('/v1/identify', identify('history', 'old', '2021-01-01T00:00:00Z'));
    const events = await pair.settled(6);
    expect(events.find(({ messageId }) => messageId === 'history')).toMatchObject({
      state: 'delivered',
      warnings: [{ code: 'stale_value', trait: 'plan' }],
    });
    expect(pair.sandbox.users()[0]?.attributes).toMatchObject({ plan: 'new', history: true });
  });
});
