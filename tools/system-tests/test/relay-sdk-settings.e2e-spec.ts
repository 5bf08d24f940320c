import { RelayOnSandbox, WRITE_KEY } from '@segment-userleap/relay-driver';
import { request } from 'node:http';
import { call } from '../src/doors/call';
import { basic } from '../src/doors/credentials';
import { refusal } from '../src/doors/refusal';

const GUESS = 'a-guess-at-the-key';
const OF_PROJECT = `/v1/projects/${WRITE_KEY}/settings`;
const INTEGRATIONS = `/v1/projects/${WRITE_KEY}/integrations`;
const OTHER = 'https://other.example';

describe('the settings that SDKs ask for', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { LOG_LEVEL: 'trace', RELAY_TRUSTED_PROXIES: '127.0.0.1' });
  });

  afterAll(async () => {
    await pair.stop();
  });

  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    call(pair.relay, path, { method: 'GET', headers });

  it('tell Segment’s the key, the host that they asked, and of nobody else', async () => {
    const { host } = new URL(pair.relay.url);
    expect(await get(OF_PROJECT)).toMatchObject({
      status: 200,
      body: {
        integrations: { 'Segment.io': { apiKey: WRITE_KEY, apiHost: `${host}/v1` } },
        metrics: { sampleRate: 0 },
        remotePlugins: [],
      },
    });
  });

  it('tell RudderStack’s that their source is there, and of nobody else', async () => {
    const source = { writeKey: WRITE_KEY, enabled: true, destinations: [] };
    for (const path of ['/sourceConfig/?p=npm&v=3', '/sourceConfig?p=android', '//sourceConfig/']) {
      expect(await get(path, basic(WRITE_KEY))).toMatchObject({ status: 200, body: { source } });
    }
    expect(await get(`/sourceConfig/?p=npm&writeKey=${WRITE_KEY}`)).toMatchObject({ status: 200, body: { source } });
  });

  // By this name it tells every later event whether its visitor agreed.
  it('tell a consent manager of UserLeap, and of nobody else', async () => {
    expect(await get(INTEGRATIONS)).toMatchObject({
      status: 200,
      body: [{ name: 'UserLeap', creationName: 'UserLeap', category: 'Surveys' }],
    });
  });

  it.each([
    [`/v1/projects/${GUESS}/settings`, {}],
    [`/v1/projects/${GUESS}/integrations`, {}],
    [`/v1/projects/${WRITE_KEY}%00/settings`, {}],
    [`/sourceConfig?writeKey=${GUESS}`, {}],
    [`/sourceConfig?writeKey=${WRITE_KEY}&writeKey=${WRITE_KEY}`, {}],
    [`/sourceConfig?writeKey=${WRITE_KEY}`, basic(GUESS)],
    ['/sourceConfig', {}],
  ])('are not there for another key: %s', async (path, headers) => {
    expect(await get(path, headers)).toMatchObject({
      status: 404,
      body: refusal('writeKey: expected a known write key', 'not_found'),
    });
  });

  it('may be asked for by pages, but not be kept by what several people share', async () => {
    for (const path of [OF_PROJECT, INTEGRATIONS, `/sourceConfig/?writeKey=${WRITE_KEY}`]) {
      const { headers } = await get(path, { origin: OTHER });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cache-control')).toMatch(/^private/);
    }
    const asked = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' };
    const preflight = await call(pair.relay, '/sourceConfig/', {
      method: 'OPTIONS',
      headers: { origin: OTHER, ...asked },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('GET');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  });

  it('name the host that a trusted proxy was asked for, and none that is none', async () => {
    const hostFor = async (headers: Readonly<Record<string, string>>): Promise<unknown> => {
      const { integrations } = (await asIs(pair, OF_PROJECT, headers)) as Settings;
      return integrations['Segment.io'].apiHost;
    };
    expect(await hostFor({ host: 'relay.example' })).toBe('relay.example/v1');
    expect(await hostFor({ host: 'relay.internal:8080', 'x-forwarded-host': 'relay.example' })).toBe(
      'relay.example/v1',
    );
    expect(await hostFor({ host: '[::1]:8080' })).toBe('[::1]:8080/v1');
    for (const host of ['evil.example/path', 'a@b', 'a b', '"']) expect(await hostFor({ host })).toBeUndefined();
  });

  it('are guessed at no more often than calls', async () => {
    const statuses = new Set<number>();
    for (let at = 0; at < 25; at += 1) {
      statuses.add((await get(`/v1/projects/${GUESS}/settings`, { 'x-forwarded-for': '192.0.2.9' })).status);
    }
    expect(statuses).toEqual(new Set([404, 429]));
    expect((await get(OF_PROJECT, { 'x-forwarded-for': '192.0.2.9' })).status).toBe(200);
  });

  it('leave no key in the log or the metrics', async () => {
    const metrics = await (await fetch(`${pair.relay.url}/metrics`)).text();
    expect(pair.relay.output()).toContain('/v1/projects/:writeKey/settings');
    for (const text of [metrics, pair.relay.output()]) {
      expect(text).not.toContain(WRITE_KEY);
      expect(text).not.toContain(GUESS);
    }
  });
});

describe('the settings of a relay that trusts no proxy', () => {
  it('name the host that was asked, whatever is said to be forwarded', async () => {
    const pair = await RelayOnSandbox.start();
    const headers = { host: 'relay.example', 'x-forwarded-host': 'evil.example' };
    const { integrations } = (await asIs(pair, OF_PROJECT, headers)) as Settings;
    await pair.stop();
    expect(integrations['Segment.io'].apiHost).toBe('relay.example/v1');
  });
});

interface Settings {
  readonly integrations: { readonly 'Segment.io': { readonly apiHost?: string } };
}

/** `fetch` would write a host of its own. */
function asIs({ relay }: RelayOnSandbox, path: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(`${relay.url}${path}`, { headers: { ...headers } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      response.on('end', () => resolve(JSON.parse(text)));
    });
    sent.on('error', reject).end();
  });
}
