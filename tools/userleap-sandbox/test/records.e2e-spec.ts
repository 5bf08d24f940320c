import { closeSandboxes, openSandbox } from './sandboxes';
import { send, vendorClient } from './vendor-client';

describe('the recorded requests', () => {
  afterEach(closeSandboxes);

  it('are whole, in order of arrival, also when they were refused', async () => {
    const sandbox = await openSandbox({ now: () => 0 });
    await vendorClient(sandbox).upsert({ userId: 'u' });
    await send(sandbox.url, 'POST', '/nowhere?x=1', { authorization: 'Bearer other-key' }, '{broken');
    await send(sandbox.url, 'GET', '/v2/users/a%20b');
    expect(sandbox.requests()).toEqual([
      {
        index: 0,
        receivedAt: '1970-01-01T00:00:00.000Z',
        endedAt: '1970-01-01T00:00:00.000Z',
        environment: 1,
        method: 'POST',
        path: '/v2/users',
        authScheme: 'API-Key',
        contentType: 'application/json',
        bodyText: '{"userId":"u"}',
        body: { userId: 'u' },
        status: 202,
        rateLimited: false,
        applied: true,
      },
      expect.objectContaining({
        index: 1,
        environment: 2,
        path: '/nowhere',
        authScheme: 'Bearer',
        bodyText: '{broken',
        body: null,
        status: 404,
      }),
      expect.objectContaining({
        index: 2,
        environment: null,
        path: '/v2/users/a%20b',
        authScheme: null,
        contentType: null,
        bodyText: '',
        status: 401,
      }),
    ]);
  });

  it('never hold a key, however it was sent', async () => {
    const sandbox = await openSandbox();
    for (const authorization of ['API-Key s3cret', 'Bearer s3cret', 'Basic s3cret', 's3cret', 's3cret x']) {
      const answer = await send(sandbox.url, 'GET', '/v2/users/u', { authorization });
      expect(answer.text).not.toContain('s3cret');
    }
    expect(sandbox.requests().map(({ authScheme }) => authScheme)).toEqual([
      'API-Key',
      'Bearer',
      'other',
      'other',
      'other',
    ]);
    for (const path of ['/__sandbox/requests', '/__sandbox/users']) {
      expect((await send(sandbox.url, 'GET', path)).text).not.toContain('s3cret');
    }
  });

  it('are forgotten from the oldest on when there are too many', async () => {
    const sandbox = await openSandbox({ maxRecordedRequests: 2 });
    for (const userId of ['a', 'b', 'c']) await vendorClient(sandbox).get(userId);
    expect(sandbox.requests()).toMatchObject([
      { index: 1, path: '/v2/users/b' },
      { index: 2, path: '/v2/users/c' },
    ]);
  });

  it('are copies', async () => {
    const sandbox = await openSandbox();
    await vendorClient(sandbox).get('u');
    Object.assign(sandbox.requests()[0] ?? {}, { status: 1 });
    expect(sandbox.requests()).toMatchObject([{ status: 404 }]);
  });
});
