import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_TOKEN, RelayOnSandbox, startRelay } from '@segment-userleap/relay-driver';
import { AdminSession, signIn } from '../src/admin-session';
import { call } from '../src/doors/call';
import { basic } from '../src/doors/credentials';
import type { RelayProcess } from '@segment-userleap/relay-driver';

const BEARER = { authorization: `Bearer ${ADMIN_TOKEN}` };
const OTHER = 'https://other.example';
const REPLAY = { method: 'POST', body: { reason: 'refused' } };
const HOUR = 3_600_000;

describe('access to the admin API', () => {
  let pair: RelayOnSandbox;
  let relay: RelayProcess;
  let session: AdminSession;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { RELAY_TRUSTED_PROXIES: '127.0.0.1' });
    ({ relay } = pair);
    session = await AdminSession.open(relay);
  });

  afterAll(async () => {
    await pair.stop();
  });

  const statusOf = async (headers: Readonly<Record<string, string>>, path = '/api/events'): Promise<number> =>
    (await call(relay, path, { method: 'GET', headers: { 'x-forwarded-for': anAddress(), ...headers } })).status;
  const replayStatus = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await call(relay, '/api/dead-letters/replay', { ...REPLAY, headers })).status;

  it.each(['/api/events', '/api/destinations', '/api/live'])('opens %s to nobody without a token', async (path) => {
    expect(await statusOf({}, path)).toBe(401);
    expect(await statusOf({ authorization: 'Bearer of-something-else' }, path)).toBe(401);
    expect(await statusOf({ authorization: `Bearer ${ADMIN_TOKEN}x` }, path)).toBe(401);
  });

  it.each([
    ['the address', {}, `/api/destinations?token=${ADMIN_TOKEN}`],
    ['basic credentials', basic(ADMIN_TOKEN), undefined],
    ['the authorization without its scheme', { authorization: ADMIN_TOKEN }, undefined],
    ['a cookie', { cookie: `relay_session=${ADMIN_TOKEN}` }, undefined],
    ['the CSRF header', { 'x-csrf-token': ADMIN_TOKEN }, undefined],
  ])('does not look for the token in %s', async (_, headers, path) => {
    expect(await statusOf(headers, path)).toBe(401);
  });

  it('signs in with the token, by a cookie that no script reads and no other site sends', async () => {
    const [, ...flags] = session.setCookie.split('; ');
    expect([...flags].sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Strict']);
    expect(await statusOf({ cookie: session.cookie })).toBe(200);
    const { body, headers } = await call(relay, '/api/session', { method: 'GET', headers: { cookie: session.cookie } });
    expect(body).toEqual({ signedIn: true, csrfToken: session.csrfToken });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('keeps the cookie to TLS where the browser speaks it', async () => {
    const { setCookie } = await AdminSession.open(relay, { 'x-forwarded-proto': 'https' });
    expect(setCookie.split('; ')).toContain('Secure');
  });

  it('lets calls by cookie change something only with the token of their own session', async () => {
    const { cookie, csrfToken } = session;
    const other = await AdminSession.open(relay);
    for (const wrong of [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': other.csrfToken }]) {
      expect(await replayStatus({ cookie, ...wrong })).toBe(403);
    }
    expect(await replayStatus({ cookie, 'x-csrf-token': csrfToken })).toBe(200);
  });

  it.each([
    ['a page of another site', { 'sec-fetch-site': 'cross-site', origin: OTHER }],
    ['a page on another port', { 'sec-fetch-site': 'same-site' }],
    ['an older browser', { origin: OTHER }],
    ['a page without an origin', { origin: 'null' }],
  ])('refuses calls by cookie from %s', async (_, from) => {
    expect(await statusOf({ ...session.headers, ...from })).toBe(403);
    expect(await replayStatus({ ...session.headers, ...from })).toBe(403);
    expect((await signIn(relay, { token: ADMIN_TOKEN }, from)).status).toBe(403);
    // Nothing sends it by itself.
    expect(await statusOf({ ...BEARER, ...from })).toBe(200);
  });

  it.each([{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, 'own origin'])(
    'takes calls by cookie from %j',
    async (from) => {
      const headers = typeof from === 'string' ? { origin: relay.url } : from;
      expect(await replayStatus({ ...session.headers, ...headers })).toBe(200);
    },
  );

  it('knows no cookie that it did not make', async () => {
    const [name = '', value = ''] = session.cookie.split('=');
    const [endsAt = '', id = '', signature = ''] = value.split('.');
    const flip = (text: string): string => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
    const forged = [
      `${Number(endsAt) + HOUR}.${id}.${signature}`,
      `${endsAt}.${flip(id)}.${signature}`,
      `${endsAt}.${id}.${flip(signature)}`,
      `${endsAt}.${id}.${session.csrfToken}`,
      `${endsAt}.${id}.`,
      `${endsAt}.${id}`,
      '',
      '%00',
      'x'.repeat(8_000),
    ];
    for (const one of forged) expect(await statusOf({ cookie: `${name}=${one}` })).toBe(401);
    expect(await statusOf({ cookie: `other${session.cookie}` })).toBe(401);
    // A neighbouring host can set one of the same name, too.
    expect(await statusOf({ cookie: `${name}=forged; a=b; ${session.cookie}` })).toBe(200);
  });

  it('ends a session for good', async () => {
    const ended = await AdminSession.open(relay);
    const end = (headers: Readonly<Record<string, string>>) =>
      call(relay, '/api/session', { method: 'DELETE', headers });
    expect((await end({ cookie: ended.cookie })).status).toBe(403);
    expect(await statusOf(ended.headers)).toBe(200);
    const answer = await end(ended.headers);
    expect(answer).toMatchObject({ status: 200, body: { signedIn: false } });
    expect(answer.headers.get('set-cookie')).toMatch(/^relay_session=; .*Max-Age=0/);
    expect(await statusOf(ended.headers)).toBe(401);
    expect(await replayStatus(ended.headers)).toBe(401);
    expect(await statusOf(session.headers)).toBe(200);
    expect(await end({})).toMatchObject({ status: 200, body: { signedIn: false } });
  });

  it.each([
    ['nothing', 400, ''],
    ['a list', 400, []],
    ['no credential', 400, {}],
    ['a number', 400, { token: 5 }],
    ['null', 400, { token: null }],
    ['two credentials', 400, { token: ADMIN_TOKEN, code: 'x' }],
    ['something else beside the token', 400, { token: ADMIN_TOKEN, remember: true }],
    ['too long a token', 413, { token: 'x'.repeat(5_000) }],
    ['an empty token', 401, { token: '' }],
    ['a token and a space', 401, { token: `${ADMIN_TOKEN} ` }],
    ['the token as a code', 401, { code: ADMIN_TOKEN }],
  ])('signs nobody in with %s', async (_, status, body) => {
    const answer = await signIn(relay, body, { 'x-forwarded-for': anAddress() });
    expect(answer).toMatchObject({ status, body: { message: expect.any(String) } });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(JSON.stringify(answer.body)).not.toContain(ADMIN_TOKEN);
  });

  it('counts wrong sign-ins with the other wrong credentials; the right token passes', async () => {
    const from = { 'x-forwarded-for': '192.0.2.250' };
    const statuses: number[] = [];
    for (let at = 0; at < 21; at += 1) statuses.push((await signIn(relay, { token: `guess-${at}` }, from)).status);
    expect(statuses.slice(-2)).toEqual([401, 429]);
    expect(await statusOf({ authorization: 'Bearer guess', ...from })).toBe(429);
    expect((await signIn(relay, { token: ADMIN_TOKEN }, from)).status).toBe(200);
  });

  it('leaves no credential in the log', () => {
    for (const secret of [ADMIN_TOKEN, session.cookie, session.csrfToken, 'guess-1']) {
      expect(relay.output()).not.toContain(secret);
    }
  });
});

describe('a session', () => {
  const NOW = Date.UTC(2026, 0, 1);
  const code = `${NOW / 1000 + 600}.0123456789abcdefghij`;
  let folder: string;
  let relay: RelayProcess;
  let twin: RelayProcess;
  let other: RelayProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'system-tests-'));
    const start = async (name: string, adminToken: string): Promise<RelayProcess> => {
      const env = {
        USERLEAP_API_KEY: 'key',
        USERLEAP_ENDPOINT: 'http://127.0.0.1:9',
        DATABASE_URL: `sqlite:${join(folder, name)}`,
        RELAY_ADMIN_TOKEN: adminToken,
        RELAY_LOGIN_CODE: code,
      };
      const started = await startRelay(env, { frozenClock: true });
      await started.setClock(NOW);
      return started;
    };
    relay = await start('one', ADMIN_TOKEN);
    twin = await start('two', ADMIN_TOKEN);
    other = await start('three', 'another-admin-token');
  });

  afterAll(async () => {
    await Promise.all([relay, twin, other].map((one) => one.end('SIGKILL')));
    rmSync(folder, { recursive: true, force: true });
  });

  const statusAt = async (one: RelayProcess, { headers }: AdminSession): Promise<number> =>
    (await call(one, '/api/events', { method: 'GET', headers })).status;

  it('ends after twelve hours, whatever was done in it', async () => {
    const session = await AdminSession.open(relay);
    await relay.setClock(NOW + 12 * HOUR - 1);
    expect(await statusAt(relay, session)).toBe(200);
    await relay.setClock(NOW + 12 * HOUR);
    expect(await statusAt(relay, session)).toBe(401);
    await relay.setClock(NOW);
  });

  it('is known to every relay with the same token, and to no other', async () => {
    const session = await AdminSession.open(relay);
    expect(await statusAt(twin, session)).toBe(200);
    expect(await statusAt(other, session)).toBe(401);
  });

  it('is opened by a login code once', async () => {
    expect((await signIn(relay, { code: `${code}x` })).status).toBe(401);
    const answer = await signIn(relay, { code });
    expect(answer.status).toBe(200);
    expect(await statusAt(relay, AdminSession.of(answer))).toBe(200);
    expect((await signIn(relay, { code })).status).toBe(401);
    expect(relay.output()).not.toContain(code);
  });

  it('is not opened by a login code that is too old, or meant for later than ten minutes', async () => {
    for (const time of [NOW + 600_000, NOW - 1]) {
      await other.setClock(time);
      expect((await signIn(other, { code })).status).toBe(401);
    }
    await other.setClock(NOW + 599_999);
    expect((await signIn(other, { code })).status).toBe(200);
  });
});

describe('without an admin token', () => {
  let pair: RelayOnSandbox;
  let relay: RelayProcess;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { RELAY_ADMIN_TOKEN: '' });
    ({ relay } = pair);
  });

  afterAll(async () => {
    await pair.stop();
  });

  it.each([
    ['GET', '/api/session'],
    ['POST', '/api/session'],
    ['DELETE', '/api/session'],
    ['GET', '/api/events'],
    ['GET', '/api/live'],
    ['POST', '/api/preview'],
  ])('%s %s answers 404 and says why', async (method, path) => {
    const answer = await call(relay, path, { method, ...(method === 'POST' ? { body: { code: 'x' } } : {}) });
    expect(answer).toMatchObject({
      status: 404,
      body: { message: 'the admin API is off: RELAY_ADMIN_TOKEN is not set' },
    });
  });
});

let addresses = 0;

/** Another one at each call, so that wrong credentials are not too many of one. */
function anAddress(): string {
  addresses += 1;
  return `198.51.100.${addresses % 250}`;
}
