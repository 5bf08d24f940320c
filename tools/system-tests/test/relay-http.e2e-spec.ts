import { call } from '../src/doors/call';
import type { Answer } from '../src/doors/call';
import { basic } from '../src/doors/credentials';
import { refusal } from '../src/doors/refusal';
import { RelayOnSandbox, until, WRITE_KEY } from '@segment-userleap/relay-driver';

const SHOP = 'https://shop.example';
const OTHER = 'https://other.example';
const EVENT = { userId: 'ann', event: 'Clicked' };
const CODES: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  501: 'unsupported_type',
};
const SECRET_PATH = '/v1/laura@example.com';

describe('a relay on the web', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start();
  });

  afterAll(async () => {
    await pair.stop();
  });

  it.each(['/nothing', SECRET_PATH, '/v1/track/more', '/webhooks', '/webhooks/segment/a/b'])(
    'says of %s that there is nothing, and what there is',
    async (path) => {
      const answer = await call(pair.relay, path, { headers: basic(WRITE_KEY), body: EVENT });
      expect(answer).toMatchObject({ status: 404, body: { message: expect.stringContaining('/v1/track') } });
      expect(messageOf(answer)).toContain('/webhooks/segment');
      if (path !== '/webhooks') expect(messageOf(answer)).not.toContain(` ${path}`);
    },
  );

  it.each([
    ['GET', '/v1/track'],
    ['PUT', '/v1/batch'],
    ['DELETE', '/webhooks/segment'],
    ['PATCH', '/webhooks/segment/default'],
    ['OPTIONS', '/v1/track'],
    ['OPTIONS', '/webhooks/segment'],
  ])('says of %s %s which method it takes', async (method, path) => {
    const answer = await call(pair.relay, path, { method });
    expect(answer).toMatchObject({ status: 405, body: { message: expect.stringContaining('/v1/track') } });
    expect(methodsIn(answer.headers.get('allow'))).toContain('POST');
  });

  it('says so in a sentence or two, however many addresses there are', async () => {
    for (const [path, method] of [
      ['/nothing', 'POST'],
      ['/v1/track', 'GET'],
    ] as const) {
      expect(messageOf(await call(pair.relay, path, { method })).length).toBeLessThan(200);
    }
  });

  it('says of what can only be read that it takes GET', async () => {
    const answer = await call(pair.relay, '/api/events', { method: 'POST' });
    expect(answer.status).toBe(405);
    expect(methodsIn(answer.headers.get('allow'))).toContain('GET');
  });

  it.each([
    [200, '/v1/track', 'POST', EVENT, basic(WRITE_KEY)],
    [400, '/v1/track', 'POST', '', basic(WRITE_KEY)],
    [400, '/v1/%zz', 'POST', EVENT, {}],
    [401, '/webhooks/segment', 'POST', EVENT, {}],
    [404, '/nothing', 'GET', undefined, {}],
    [405, '/v1/track', 'GET', undefined, {}],
    [413, '/webhooks/segment', 'POST', ' '.repeat(6_000_000), basic(WRITE_KEY)],
    [415, '/v1/track', 'POST', EVENT, { ...basic(WRITE_KEY), 'content-encoding': 'zstd' }],
    [501, '/webhooks/segment', 'POST', { type: 'group', userId: 'ann', groupId: 'g' }, basic(WRITE_KEY)],
    [204, '/v1/track', 'OPTIONS', undefined, { origin: SHOP, 'access-control-request-method': 'POST' }],
  ] as const)(
    'sends with %i at %s what keeps browsers from making more of the answer',
    async (status, path, method, body, headers) => {
      const ids = new Set<string | null>();
      for (let round = 0; round < 2; round += 1) {
        const answer = await call(pair.relay, path, { method, body, headers });
        expect(answer.status).toBe(status);
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(answer.headers.get('x-powered-by')).toBeNull();
        ids.add(answer.headers.get('x-request-id'));
        if (status >= 400) expect(answer.body).toEqual(refusal(expect.any(String), CODES[status]));
      }
      expect(ids).not.toContain(null);
      expect(ids.size).toBe(2);
    },
  );

  it('names a request in the log as in the answer', async () => {
    const answer = await call(pair.relay, '/v1/track', { headers: basic(WRITE_KEY), body: '' });
    const id = answer.headers.get('x-request-id') ?? 'none';
    await until('the id in the log', () => (pair.relay.output().includes(id) ? true : undefined));
    expect(pair.relay.output()).not.toContain(SECRET_PATH);
  });

  it('lets pages of every origin call the Tracking API', async () => {
    const answer = await preflight(pair, '/v1/t', OTHER);
    expect(answer.status).toBe(204);
    expect(['*', OTHER]).toContain(answer.headers.get('access-control-allow-origin'));
    expect(methodsIn(answer.headers.get('access-control-allow-methods'))).toContain('POST');
    const headers = answer.headers.get('access-control-allow-headers')?.toLowerCase() ?? '';
    for (const name of ['authorization', 'content-type']) expect(headers).toContain(name);
    expect(await originAllowed(pair, '/v1/t', OTHER)).toBe(answer.headers.get('access-control-allow-origin'));
  });

  it.each([basic(WRITE_KEY), basic('wrong')])(
    'lets them read when to come back, and what to ask about',
    async (key) => {
      const { headers } = await call(pair.relay, '/v1/batch', {
        headers: { origin: OTHER, ...key },
        body: { batch: [] },
      });
      expect(headers.get('access-control-expose-headers')?.toLowerCase().split(/, */)).toEqual([
        'retry-after',
        'x-request-id',
      ]);
    },
  );

  it('lets a page send a beacon as it closes', async () => {
    const { headers } = await call(pair.relay, `//beacon/v1/batch?writeKey=${WRITE_KEY}`, {
      headers: { origin: OTHER },
      body: { batch: [] },
    });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it('lets no page call webhooks or the admin API', async () => {
    for (const path of ['/webhooks/segment', '/webhooks/segment/default', '/api/events']) {
      expect((await preflight(pair, path, OTHER)).headers.get('access-control-allow-origin')).toBeNull();
      expect(await originAllowed(pair, path, OTHER)).toBeNull();
    }
  });
});

describe('a relay with a list of origins', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { RELAY_CORS_ORIGINS: `${SHOP}, https://www.example` });
  });

  afterAll(async () => {
    await pair.stop();
  });

  it.each([SHOP, 'https://www.example'])('lets pages of %s in', async (origin) => {
    const answer = await preflight(pair, '/v1/batch', origin);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    expect(await originAllowed(pair, '/v1/batch', origin)).toBe(origin);
  });

  it.each([OTHER, `${SHOP}.evil.example`, 'http://shop.example', 'null'])('lets no page of %s in', async (origin) => {
    expect((await preflight(pair, '/v1/batch', origin)).headers.get('access-control-allow-origin')).toBeNull();
    expect(await originAllowed(pair, '/v1/batch', origin)).toBeNull();
  });

  it('tells caches that the answer depends on the origin', async () => {
    expect((await preflight(pair, '/v1/batch', SHOP)).headers.get('vary')?.toLowerCase()).toContain('origin');
  });
});

function preflight({ relay }: RelayOnSandbox, path: string, origin: string): Promise<Answer> {
  const asked = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  };
  return call(relay, path, { method: 'OPTIONS', headers: { origin, ...asked } });
}

async function originAllowed({ relay }: RelayOnSandbox, path: string, origin: string): Promise<string | null> {
  const { headers } = await call(relay, path, { headers: { origin, ...basic(WRITE_KEY) }, body: { batch: [] } });
  return headers.get('access-control-allow-origin');
}

function messageOf({ body }: Answer): string {
  return (body as { message: string }).message;
}

function methodsIn(header: string | null): readonly string[] {
  return (header ?? '').split(',').map((method) => method.trim());
}
