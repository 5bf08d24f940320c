import { ADMIN_TOKEN, API_KEY, RelayOnSandbox } from '@segment-userleap/relay-driver';
import { call } from '../src/doors/call';
import type { Answer } from '../src/doors/call';
import { refusal } from '../src/doors/refusal';

const TRACK = { type: 'track', userId: 'ann', event: 'Paid', timestamp: '2026-01-01T00:00:00Z' };
const SECRET = 'laura@example.com';

describe('a preview', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { USERLEAP_EVENT_NAMES: '{"Paid": "paid"}' });
  });

  afterAll(async () => {
    await pair.stop();
  });

  const preview = (body: unknown): Promise<Answer> =>
    call(pair.relay, '/api/preview', { headers: { authorization: `Bearer ${ADMIN_TOKEN}` }, body });

  it('shows what an event becomes under the settings of the relay; nothing is sent or kept', async () => {
    const { status, body } = await preview({ event: TRACK });
    expect([status, body]).toEqual([
      200,
      {
        outcome: 'delivered',
        reason: null,
        message: null,
        warnings: [],
        requests: [
          {
            method: 'POST',
            path: '/v2/users',
            body: { userId: 'ann', events: [{ event: 'paid', timestamp: Date.UTC(2026, 0, 1) }] },
          },
        ],
      },
    ]);
    expect(pair.sandbox.requests()).toEqual([]);
    expect(await pair.events()).toEqual([]);
  });

  it('shows the request that the relay sends', async () => {
    const identify = { userId: 'ann', traits: { email: SECRET, plan: { name: 'pro' }, tags: ['a', 'b'], x: null } };
    const { body } = await preview({ event: { ...identify, type: 'identify' }, destination: 'default' });
    await pair.post('/v1/identify', identify);
    await pair.settled(1);
    const sent = pair.sandbox.requests().map(({ method, path, body: content }) => ({ method, path, body: content }));
    expect((body as { requests: unknown }).requests).toEqual(sent);
  });

  it('replaces the settings that it is given, and keeps the others', async () => {
    const outcomeOf = async (settings: object): Promise<unknown> =>
      ((await preview({ event: TRACK, settings })).body as { outcome: unknown }).outcome;
    expect(await outcomeOf({ denyEvents: ['Paid'] })).toBe('filtered');
    expect(await outcomeOf({ denyEvents: ['Paid'], apiKey: 'another' })).toBe('filtered');
    const { body } = await preview({ event: TRACK, settings: { trackScreens: true, eventNames: {} } });
    expect(body).toMatchObject({ requests: [{ body: { events: [{ event: 'Paid' }] } }] });
  });

  it.each([
    ['settings.trackScreens', { event: TRACK, settings: { trackScreens: SECRET } }],
    ['settings.pageUrlEvents', { event: TRACK, settings: { pageUrlEvents: { seen: `(${SECRET}` } } }],
    ['settings.endpoint', { event: TRACK, settings: { endpoint: `http://${SECRET}` } }],
    ['settings.__proto__', `{"event": {}, "settings": {"__proto__": "${SECRET}"}}`],
    ['settings', { event: TRACK, settings: [SECRET] }],
    ['settings', { event: TRACK, settings: null }],
    ['event', {}],
    ['event', { event: SECRET }],
    ['event', { event: [TRACK] }],
    ['event', `{"event": ${'{"a":'.repeat(200)}1${'}'.repeat(200)}}`],
    ['destination', { event: TRACK, destination: SECRET }],
    ['destination', { event: TRACK, destination: null }],
    ['dry', { event: TRACK, dry: SECRET }],
    ['body', [TRACK]],
    ['body', ''],
    ['body', `${'['.repeat(5_000)}`],
  ])('says of %s what is wrong, without what was sent', async (field, body) => {
    const answer = await preview(body);
    expect([answer.status, answer.body]).toEqual([
      400,
      refusal(expect.stringMatching(new RegExp(`^${field}[.:]`)), 'invalid_request'),
    ]);
    expect(JSON.stringify(answer.body)).not.toContain(SECRET);
  });

  it('takes names of prototypes for what they are', async () => {
    const traits = '{"__proto__": {"a": 1}, "constructor": "c"}';
    const { body } = await preview(`{"event": {"type": "identify", "userId": "ann", "traits": ${traits}}}`);
    expect(bodiesOf(body)).toEqual([JSON.parse('{"userId":"ann","attributes":{"__proto__.a":1,"constructor":"c"}}')]);
  });

  it('keeps a user id from leading elsewhere', async () => {
    const { body } = await preview({ event: { type: 'alias', userId: 'ann', previousId: '../purge?x#y' } });
    expect(body).toMatchObject({ requests: [{ method: 'GET', path: '/v2/users/..%2Fpurge%3Fx%23y' }, {}, {}] });
  });

  it('is answered also where an event has thousands of traits, or a text that patterns would hang on', async () => {
    const { body } = await preview({ event: { type: 'identify', userId: 'ann', traits: many(20_000) } });
    expect(Object.keys((bodiesOf(body)[0] as { attributes: object }).attributes)).toHaveLength(100);
    const page = { type: 'page', userId: 'ann', properties: { url: 'a'.repeat(100_000) } };
    const settings = { pageUrlEvents: { hung: '(a+)+b$' } };
    const [upsert] = bodiesOf((await preview({ event: page, settings })).body);
    expect(upsert).toMatchObject({ events: [{ event: 'pageview' }] });
  });

  it('is for one event, not for a flood', async () => {
    expect((await preview({ event: { ...TRACK, properties: { x: 'x'.repeat(600_000) } } })).status).toBe(413);
  });

  it('shows no key, and leaves nothing of an event in the log', async () => {
    const { body } = await preview({ event: { ...TRACK, userId: SECRET } });
    expect(JSON.stringify(body)).not.toContain(API_KEY);
    expect(pair.relay.output()).not.toContain(SECRET);
  });
});

function bodiesOf(preview: unknown): readonly unknown[] {
  return (preview as { requests: readonly { body: unknown }[] }).requests.map(({ body }) => body);
}

function many(count: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, at]));
}
