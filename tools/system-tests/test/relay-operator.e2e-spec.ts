import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';

const BASE = '/tools/relay';
const PAID = { type: 'track', event: 'Order Paid' };
const REFUSALS = [
  { match: { userId: 'bert' }, error: 'attributes.plan: no such plan' },
  { match: { userId: 'cleo' }, error: 'events[0].event: not allowed' },
];

// Each test goes on from where the one before it ended.
describe('what an operator asks of a relay', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { RELAY_NAME: 'staging', RELAY_BASE_PATH: BASE });
    for (const { match, error } of REFUSALS) {
      pair.sandbox.addFault({ status: 422, body: { error }, match, times: 1_000 });
    }
    await accept([
      { type: 'identify', userId: 'ann', traits: { plan: 'pro' } },
      { ...PAID, userId: 'ann', messageId: 'paid', timestamp: '2026-01-15T10:00:00.000Z' },
      { type: 'page', name: '=HYPERLINK("x")', userId: 'ann', messageId: 'formula' },
      { type: 'identify', userId: 'bert', traits: { plan: 'pro' }, messageId: 'b1' },
      { type: 'identify', userId: 'cleo', traits: { plan: 'pro' }, messageId: 'c1' },
    ]);
    await pair.settled(5);
  });

  afterAll(async () => {
    await pair.stop();
  });

  async function accept(events: readonly object[]): Promise<void> {
    expect((await pair.post('/webhooks/segment', events)).status).toBe(200);
  }

  async function ask<T>(path: string, body?: unknown): Promise<T> {
    const response = await (body === undefined ? pair.admin.call(path) : pair.admin.post(path, body));
    expect([path, response.status]).toEqual([path, 200]);
    return (await response.json()) as T;
  }

  it('is found by its name, and by what is searched for', async () => {
    const found = async (query: string) =>
      (await ask<{ events: { messageId: string; event: string }[] }>(`/api/events?${query}`)).events;
    expect(await found('event=Order%20Paid')).toMatchObject([{ messageId: 'paid', event: 'Order Paid' }]);
    expect(await found('event=Order')).toEqual([]);
    for (const search of ['order', 'PAID', 'paid']) {
      expect((await found(`search=${search}`)).map(({ messageId }) => messageId)).toEqual(['paid']);
    }
    expect(await found('search=ann')).toHaveLength(3);
  });

  it('tells dead letters apart by their messages, and puts some of them away', async () => {
    const [group] = await pair.admin.deadLetters();
    expect(group).toMatchObject({ reason: 'refused', count: 2, hasOtherMessages: false });
    const messages = group?.messages.map(({ message, count }) => [message, count]).sort();
    expect(messages).toEqual(REFUSALS.map(({ error }) => [error, 1]));
    const filter = { destination: 'default', reason: 'refused', message: REFUSALS[0]?.error };
    expect(await ask('/api/dead-letters/dismiss', filter)).toEqual({ dismissed: 1 });
    expect(await pair.admin.overview()).toMatchObject({ deadLetters: 1 });
    expect(await pair.admin.events({ state: 'dismissed' })).toMatchObject([{ messageId: 'b1', reason: 'refused' }]);
    await until('a line of the audit', () =>
      pair.relay.output().includes('POST /api/dead-letters/dismiss dismissed=1') ? true : undefined,
    );
    expect(pair.relay.output()).not.toContain('no such plan');
  });

  it('is sent again though it was delivered, where that is asked for', async () => {
    const before = pair.sandbox.requests().length;
    const [paid] = await pair.admin.events({ messageId: 'paid' });
    const call = { state: 'delivered', ids: [paid?.id] };
    expect(await ask('/api/events/count', call)).toEqual({ count: 1, isMore: false });
    expect(await ask('/api/events/replay', call)).toEqual({ replayed: 1 });
    await pair.settled(5);
    const sent = pair.sandbox.requests().slice(before);
    expect(sent.map(({ body }) => JSON.stringify(body)).join()).toContain('Order Paid');
    expect((await pair.admin.event(paid?.id ?? 0)).story.map(({ kind }) => kind)).toContain('replayed');
  });

  it.each([
    ['/api/events/replay', {}, 'state: expected one of delivered,'],
    ['/api/events/replay', { state: 'pending' }, 'state: expected one of delivered,'],
    ['/api/events/replay', { state: 'any' }, 'state: expected one state, or a filter beside any'],
    ['/api/events/replay', { state: 'any', ids: [] }, 'ids: expected a list of 1 to 500 numbers of events'],
    ['/api/events/count', { state: 'any', to: 'soon' }, 'to: expected an ISO-8601 time'],
    ['/api/dead-letters/dismiss', {}, 'all: expected true, or a filter in its place'],
  ])('is not guessed at: %s %j', async (path, body, message) => {
    const response = await pair.admin.post(path, body);
    const answer = (await response.json()) as { readonly message: string };
    expect([response.status, answer.message.slice(0, message.length)]).toEqual([400, message]);
  });

  it('is written to a file, which makes a spreadsheet run nothing', async () => {
    const csv = await pair.admin.call('/api/events/export?userId=ann');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="events.csv"');
    const lines = (await csv.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines.find((line) => line.includes('HYPERLINK'))).toContain(`,"'=HYPERLINK(""x"")",`);
    const jsonl = await (await pair.admin.call('/api/events/export?format=jsonl&limit=2')).text();
    const events = jsonl.trimEnd().split('\n');
    expect(events.map((line) => JSON.parse(line) as unknown)).toEqual((await pair.admin.events()).slice(0, 2));
  });

  it('is counted over longer times, at one destination', async () => {
    for (const [range, count] of [
      ['1h', 60],
      ['6h', 72],
      ['24h', 96],
      ['7d', 84],
    ] as const) {
      const path = `/api/overview/flow?range=${range}&destination=default`;
      const { parts } = await ask<{ parts: { accepted: number }[] }>(path);
      expect(parts).toHaveLength(count);
      expect(parts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(5);
    }
    expect((await pair.admin.call('/api/overview/flow?range=1y')).status).toBe(400);
  });

  it('waits for a person who has paused its destination, and says so', async () => {
    const { pausedAt } = await pair.admin.pause();
    await accept([{ ...PAID, userId: 'ann', messageId: 'later' }]);
    const why = { waitsFor: 'pause', pause: { pausedBy: 'person', reason: null, pausedAt, nextProbeAt: null } };
    expect((await pair.admin.lanePage()).lanes).toMatchObject([{ userId: 'ann', ...why }]);
    const [event] = await pair.admin.events({ messageId: 'later' });
    expect((await pair.admin.event(event?.id ?? 0)).lane).toMatchObject(why);
    await pair.admin.resume();
    await pair.settled(6);
    expect((await pair.admin.event(event?.id ?? 0)).lane).toBeNull();
  });

  it('has a name', async () => {
    const host = new URL(pair.sandbox.url).host;
    expect(await ask('/api/about')).toEqual({ name: 'staging', version: expect.any(String), hosts: [host] });
  });

  it('stands below the path that it is put under, and at the root for a proxy that takes that away', async () => {
    const { url } = pair.relay;
    for (const path of ['/', '/docs', '/docs/json', '/health/live', '/function/settings.json', '/api/session']) {
      const [below, above] = await Promise.all([fetch(`${url}${BASE}${path}`), fetch(`${url}${path}`)]);
      expect([path, below.status, await below.text()]).toEqual([path, 200, await above.text()]);
    }
    const folder = await fetch(`${url}${BASE}`, { redirect: 'manual' });
    expect([folder.status, folder.headers.get('location')]).toEqual([308, `${BASE}/`]);
    const page = await (await fetch(`${url}${BASE}/docs`)).text();
    expect(page).not.toMatch(/(href|src)="\//);
    expect((await pair.post(`${BASE}/v1/track`, { ...PAID, userId: 'ann' })).status).toBe(200);
    expect((await fetch(`${url}/tools/relayed/`)).status).toBe(404);
  });

  it('gives its cookie to nothing that stands beside it', async () => {
    const token = pair.env.RELAY_ADMIN_TOKEN;
    const response = await fetch(`${pair.relay.url}${BASE}/api/session`, {
      method: 'POST',
      body: JSON.stringify({ token }),
    });
    expect(response.headers.get('set-cookie')).toContain(`Path=${BASE}/;`);
  });
});
