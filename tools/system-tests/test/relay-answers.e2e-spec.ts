import { ADMIN_TOKEN, RelayOnSandbox, until, WRITE_KEY } from '@segment-userleap/relay-driver';
import { DescribedApi } from '../src/described-api';
import type { ApiDescription } from '../src/described-api';
import { call } from '../src/doors/call';
import { LiveReader } from '../src/live-reader';

describe('the answers of the API', () => {
  const BEARER = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const USER = { type: 'identify', userId: 'ann', traits: { plan: 'pro', email: 'no address' } };
  const BODIES: Readonly<Record<string, unknown>> = {
    'POST /v1/batch': { batch: [USER] },
    'POST /v1/b': { batch: [USER] },
    'POST /v1/import': { batch: [USER] },
    'POST /beacon/v1/batch': { batch: [USER] },
    'POST /v1/alias': { ...USER, previousId: 'bob' },
    'POST /v1/a': { ...USER, previousId: 'bob' },
    'POST /v1/group': { ...USER, groupId: 'g' },
    'POST /v1/g': { ...USER, groupId: 'g' },
    'POST /v1/track': { ...USER, event: 'Seen' },
    'POST /v1/t': { ...USER, event: 'Seen' },
    'POST /webhooks/segment': [USER],
    'POST /webhooks/segment/{destination}': [{ ...USER, type: 'track', event: 'Bad', messageId: 'bad' }],
    'POST /api/preview': { event: USER },
    'POST /api/session': { token: ADMIN_TOKEN },
    'POST /api/users/erase': { userId: 'nobody' },
    'POST /api/events/count': { state: 'delivered' },
    'POST /api/events/replay': { state: 'delivered', messageId: 'none' },
    'POST /api/event-names/mark': { destination: 'default', names: ['Seen'], setUp: true },
    'POST /api/dead-letters/dismiss': { all: true },
    'POST /api/dead-letters/count': { all: true },
    'POST /api/dead-letters/replay': { all: true },
  };
  // All other destinations are configured here. What these answer else: relay-unconfigured.
  const REFUSED = ['POST /api/destinations/{name}/move', 'POST /api/destinations/{name}/end'];
  let pair: RelayOnSandbox;
  let api: DescribedApi;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { RELAY_ANONYMOUS_HOLD: '1h' });
    api = new DescribedApi((await call(pair.relay, '/docs/json', { method: 'GET' })).body as ApiDescription);
    // One waits once, one is refused, one waits for its user, one is held, one claimed: every kind of step that a story has.
    pair.sandbox.addFault({ status: 503, times: 1 });
    pair.sandbox.addFault({ match: { event: 'Bad' }, status: 400, body: { error: 'no such event' }, times: 100 });
    await ask('POST /webhooks/segment', '/webhooks/segment');
    await ask('POST /webhooks/segment/{destination}', '/webhooks/segment/default');
    await pair.settled(2);
    await pair.post('/v1/track', { userId: 'stranger', event: 'Seen' });
    await until('the stranger to wait', async () => (await pair.admin.events({ reason: 'unknown_user' }))[0]);
    expect(await pair.admin.replay({ all: true })).toBe(1);
    for (const anonymousId of ['a1', 'a2']) await pair.post('/v1/track', { anonymousId, event: 'Seen' });
    await pair.post('/v1/identify', { userId: 'visitor', anonymousId: 'a1' });
  });

  afterAll(async () => {
    await pair.stop();
  });

  /** What a call is answered with, and what is wrong with that. */
  async function ask(name: string, path: string, body = BODIES[name]): Promise<readonly [number, readonly string[]]> {
    const [method = ''] = name.split(' ');
    const headers = path.startsWith('/api') ? BEARER : { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` };
    const content = method === 'POST' ? { body: JSON.stringify(body ?? USER) } : {};
    const response = await fetch(`${pair.relay.url}${path}`, { method, headers, ...content });
    const type = response.headers.get('content-type') ?? '';
    const answer: unknown = type.includes('json') ? await response.json() : await response.text();
    return [response.status, api.problemsOf(name, response.status, type, answer)];
  }

  it('are as it says: every field, and none beside them', async () => {
    const ids = (await pair.events()).map(({ id }) => id);
    const kinds = new Set<string>();
    for (const id of ids) {
      expect([id, await ask('GET /api/events/{id}', `/api/events/${id}`)]).toEqual([id, [200, []]]);
      for (const { kind } of (await pair.admin.event(id)).story) kinds.add(kind);
    }
    expect(kinds).toEqual(new Set(['accepted', 'held', 'claimed', 'waited', 'request', 'settled', 'replayed']));
    for (const name of api.calls.filter((one) => one !== 'GET /api/live')) {
      const [, template = ''] = name.split(' ');
      const path = template
        .replace('{id}', String(ids[0]))
        .replace('{writeKey}', WRITE_KEY)
        .replace('{type}', 'track')
        .replace(/\{\w+\}/, 'default')
        .replace(/^\/(beacon|v1\/pixel|pixel\/v1).*/, `$&?writeKey=${WRITE_KEY}`);
      expect([name, await ask(name, path)]).toEqual([name, [REFUSED.includes(name) ? 400 : 200, []]]);
    }
  });

  it('are as it says where a call is refused, too', async () => {
    expect(await ask('GET /api/events/{id}', '/api/events/1234567')).toEqual([404, []]);
    expect(await ask('POST /api/users/erase', '/api/users/erase', {})).toEqual([400, []]);
  });

  it('are as it says while they go on', async () => {
    const reader = await LiveReader.open(pair.relay, BEARER);
    await reader.next('overview');
    await pair.post('/v1/identify', USER);
    await reader.next('events');
    reader.close();
    for (const event of reader.events) expect(api.problemsOfLive(event)).toEqual([]);
  });
});
