import { closeSandboxes, openSandbox } from './sandboxes';
import { send, vendorClient } from './vendor-client';

const EMOJI = '😀';
const numbered = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, index]));

describe('refusals of POST /v2/users', () => {
  afterEach(closeSandboxes);

  it.each<[string, unknown, string]>([
    ['a body that is an array', [], 'body'],
    ['a body that is null', null, 'body'],
    ['no userId', {}, 'userId'],
    ['a blank userId', { userId: ' ' }, 'userId'],
    ['a numeric userId', { userId: 1 }, 'userId'],
    ['a userId of 256 characters', { userId: EMOJI.repeat(256) }, 'userId'],
    ['email instead of emailAddress', { userId: 'u', email: 'a@example.com' }, 'email: unknown field'],
    ['a field named like a method of objects', { userId: 'u', toString: 1 }, 'toString: unknown field'],
    ['an emailAddress that is null', { userId: 'u', emailAddress: null }, 'emailAddress'],
    ['an implausible emailAddress', { userId: 'u', emailAddress: 'a@b' }, 'emailAddress'],
    ['a long emailAddress', { userId: 'u', emailAddress: `${'a'.repeat(255)}@example.com` }, 'emailAddress'],
    ['attributes that are an array', { userId: 'u', attributes: [] }, 'attributes'],
    ['attributes that are null', { userId: 'u', attributes: null }, 'attributes'],
    ['101 attributes', { userId: 'u', attributes: numbered(101) }, 'attributes'],
    ['an attribute without a name', { userId: 'u', attributes: { '': 1 } }, 'attributes'],
    ['a long attribute name', { userId: 'u', attributes: { ['a'.repeat(256)]: 1 } }, 'attributes'],
    ['a reserved attribute name', { userId: 'u', attributes: { '!email': 'x' } }, 'attributes.!email'],
    ['a nested attribute', { userId: 'u', attributes: { plan: {} } }, 'attributes.plan'],
    ['an attribute that is a list', { userId: 'u', attributes: { plan: ['x'] } }, 'attributes.plan'],
    ['an attribute that is null', { userId: 'u', attributes: { plan: null } }, 'attributes.plan'],
    ['a long attribute value', { userId: 'u', attributes: { plan: EMOJI.repeat(256) } }, 'attributes.plan'],
    ['events that are an object', { userId: 'u', events: {} }, 'events'],
    ['an event that is a string', { userId: 'u', events: ['x'] }, 'events[0]'],
    ['an event without a name', { userId: 'u', events: [{ timestamp: 1 }] }, 'events[0].event'],
    ['a blank event name', { userId: 'u', events: [{ event: ' ', timestamp: 1 }] }, 'events[0].event'],
    ['a long event name', { userId: 'u', events: [{ event: 'e'.repeat(256), timestamp: 1 }] }, 'events[0].event'],
    ['an event without a timestamp', { userId: 'u', events: [{ event: 'e' }] }, 'events[0].timestamp'],
    ['a fractional timestamp', { userId: 'u', events: [{ event: 'e', timestamp: 1.5 }] }, 'events[0].timestamp'],
    ['a timestamp that is null', { userId: 'u', events: [{ event: 'e', timestamp: null }] }, 'events[0].timestamp'],
    ['a timestamp that is text', { userId: 'u', events: [{ event: 'e', timestamp: '1' }] }, 'events[0].timestamp'],
    ['a timestamp no date can hold', { userId: 'u', events: [{ event: 'e', timestamp: 9e15 }] }, 'events[0].timestamp'],
    [
      'an unknown field of the second event',
      {
        userId: 'u',
        events: [
          { event: 'e', timestamp: 1 },
          { event: 'e', timestamp: 1, properties: {} },
        ],
      },
      'events[1].properties',
    ],
  ])('answers 400 to %s, names the field and applies nothing', async (_what, body, field) => {
    const sandbox = await openSandbox();
    const answer = await vendorClient(sandbox).upsert(body);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(field) } });
    expect(sandbox.users()).toEqual([]);
  });

  it.each([
    ['text that is no JSON', '{"userId":', 'body'],
    ['an empty body', '', 'body'],
    ['a number that JSON can write and nobody can hold', '{"userId":"u","attributes":{"n":1e999}}', 'attributes.n'],
    ['absurdly deep JSON', `{"userId":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'body'],
  ])('answers 400 to %s', async (_what, text, field) => {
    const { url } = await openSandbox();
    const headers = { authorization: 'API-Key a-key', 'content-type': 'application/json' };
    const answer = await send(url, 'POST', '/v2/users', headers, text);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(field) } });
  });

  it('takes everything that is exactly at its limit, counted in code points', async () => {
    const vendor = vendorClient(await openSandbox());
    const longest = EMOJI.repeat(255);
    const answer = await vendor.upsert({
      userId: longest,
      emailAddress: `${'a'.repeat(243)}@example.com`,
      attributes: { ...numbered(99), [longest]: longest },
      events: [{ event: longest, timestamp: -1 }],
    });
    expect(answer.status).toBe(202);
    expect((await vendor.get(longest)).status).toBe(200);
  });

  it('repeats no value in an error', async () => {
    const answer = await vendorClient(await openSandbox()).upsert({ userId: 'u', emailAddress: 'secret' });
    expect(answer.text).not.toContain('secret');
  });

  it.each([undefined, 'text/plain', 'application/jsonp'])('answers 400 to the content type %s', async (contentType) => {
    const { url } = await openSandbox();
    const body = Buffer.from('{"userId":"u"}');
    const answer = await fetch(`${url}/v2/users`, {
      method: 'POST',
      headers: { authorization: 'API-Key a-key', ...(contentType && { 'content-type': contentType }) },
      body,
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: 'Content-Type: expected application/json' });
  });

  it('takes a content type with a charset', async () => {
    const { url } = await openSandbox();
    const headers = { authorization: 'API-Key a-key', 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await send(url, 'POST', '/v2/users', headers, '{"userId":"u"}')).status).toBe(202);
  });

  it('answers 413 to a body over 1 MB, and takes one of exactly 1 MB', async () => {
    const { url } = await openSandbox();
    const headers = { authorization: 'API-Key a-key', 'content-type': 'application/json' };
    const body = '{"userId":"u"}'.padEnd(1024 * 1024);
    expect((await send(url, 'POST', '/v2/users', headers, body)).status).toBe(202);
    expect((await send(url, 'POST', '/v2/users', headers, `${body} `)).status).toBe(413);
  });
});

describe('refusals of the other calls', () => {
  afterEach(closeSandboxes);

  const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `u${index}`);

  it.each<[string, unknown, string]>([
    ['no list', {}, 'userIds'],
    ['only empty lists', { userIds: [], emails: [], visitorIds: [] }, 'userIds'],
    ['101 visitors in all', { userIds: ids(51), emails: ids(50) }, 'userIds'],
    ['a list that is text', { userIds: 'u' }, 'userIds'],
    ['a blank entry', { userIds: ['u', ''] }, 'userIds[1]'],
    ['a negative delay', { userIds: ['u'], delaySeconds: -1 }, 'delaySeconds'],
    ['a fractional delay', { userIds: ['u'], delaySeconds: 0.5 }, 'delaySeconds'],
    ['an unknown field', { userIds: ['u'], userId: 'u' }, 'userId: unknown field'],
  ])('answers 400 to a purge with %s', async (_what, body, field) => {
    const answer = await vendorClient(await openSandbox()).purge(body);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(field) } });
  });

  it('takes a purge of 100 visitors', async () => {
    const vendor = vendorClient(await openSandbox());
    await vendor.upsert({ userId: ids(50)[0] });
    expect((await vendor.purge({ userIds: ids(50), visitorIds: ids(50) })).status).toBe(200);
  });

  it('answers 400 to a purge of nobody in the environment', async () => {
    const sandbox = await openSandbox();
    await vendorClient(sandbox, 'other').upsert({ userId: 'u' });
    const answer = await vendorClient(sandbox).purge({ userIds: ['u'], emails: ['a@example.com'], visitorIds: ['v'] });
    expect(answer).toMatchObject({ status: 400, body: { error: 'no such visitor in this environment' } });
    expect(sandbox.users()).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ['no name', {}, 'name'],
    ['the field of the other call', { event: 'e' }, 'event: unknown field'],
    ['a timestamp that is no date', { name: 'e', timestamp: 'yesterday' }, 'timestamp'],
    ['a timestamp only people read', { name: 'e', timestamp: '1 Jan 2024' }, 'timestamp'],
    ['a month that does not exist', { name: 'e', timestamp: '2024-13-01T00:00:00Z' }, 'timestamp'],
    ['a fractional timestamp', { name: 'e', timestamp: 0.5 }, 'timestamp'],
  ])('answers 400 to a single event with %s', async (_what, body, field) => {
    const answer = await vendorClient(await openSandbox()).event('u', body);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(field) } });
  });

  it.each([
    ['POST', '/v2/users', 'API-Key'],
    ['GET', '/v2/users/u', 'API-Key'],
    ['POST', '/v1/users/u/events', 'API-Key'],
    ['POST', '/v2/purge/visitors', 'Bearer'],
    ['POST', '/v1/users/bulk', 'Bearer'],
  ])('answers 401 to %s %s unless the scheme is %s, and names it', async (method, path, scheme) => {
    const { url } = await openSandbox();
    const other = scheme === 'Bearer' ? 'API-Key' : 'Bearer';
    for (const authorization of [`${other} secret`, `Basic secret`, 'secret', scheme, `${scheme}secret`]) {
      const answer = await send(url, method, path, { authorization });
      expect(answer).toMatchObject({ status: 401, body: { error: expect.stringContaining(scheme) } });
      expect(answer.text).not.toContain('secret');
    }
    expect((await send(url, method, path)).status).toBe(401);
  });

  it.each(['/', '/v2', '/v2/users/', '/v2/users/u/events', '/v3/users', '/V2/users'])(
    'answers 404 to the unknown path %s',
    async (path) => {
      const { url } = await openSandbox();
      expect((await send(url, 'GET', path, { authorization: 'API-Key a-key' })).status).toBe(404);
    },
  );

  it.each([
    ['GET', '/v2/users', 'POST'],
    ['DELETE', '/v2/users/u', 'GET'],
    ['PUT', '/v2/purge/visitors', 'POST'],
    ['HEAD', '/v2/users', 'POST'],
  ])('answers 405 to %s %s', async (method, path, allowed) => {
    const { url } = await openSandbox();
    const answer = await send(url, method, path, { authorization: 'API-Key a-key' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allowed);
  });

  it('answers 400 to a user id that is not URL-encoded properly', async () => {
    const { url } = await openSandbox();
    expect((await send(url, 'GET', '/v2/users/%E0%A4%A', { authorization: 'API-Key a-key' })).status).toBe(400);
  });
});
