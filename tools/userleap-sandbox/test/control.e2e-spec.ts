import { eventually } from './eventually';
import { closeSandboxes, openSandbox } from './sandboxes';
import { send, vendorClient, type Answered } from './vendor-client';

const faults = (url: string, body: unknown): Promise<Answered> =>
  send(url, 'POST', '/__sandbox/faults', {}, JSON.stringify(body));

describe('the control calls', () => {
  afterEach(closeSandboxes);

  it('list requests and users, those of one user when asked', async () => {
    const sandbox = await openSandbox();
    const vendor = vendorClient(sandbox);
    await vendor.upsert({ userId: 'a b' });
    await vendor.upsert({ userId: 'c' });
    await vendor.get('a b');
    const all = await send(sandbox.url, 'GET', '/__sandbox/requests');
    expect(all).toMatchObject({ status: 200, body: { requests: sandbox.requests() } });
    const some = await send(sandbox.url, 'GET', '/__sandbox/requests?userId=a%20b');
    expect(some.body).toMatchObject({ requests: [{ index: 0 }, { index: 2 }] });
    const users = await send(sandbox.url, 'GET', '/__sandbox/users');
    expect(users).toMatchObject({ status: 200, body: { users: sandbox.users() } });
    expect(sandbox.users()).toHaveLength(2);
  });

  it('add one fault or several, in order', async () => {
    const sandbox = await openSandbox();
    expect((await faults(sandbox.url, { status: 500 })).status).toBe(201);
    expect((await faults(sandbox.url, [{ status: 501 }, { status: 502 }])).status).toBe(201);
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await vendorClient(sandbox).get('u')).status);
    expect(statuses).toEqual([500, 501, 502, 404]);
  });

  it.each<[unknown, string]>([
    [1, 'body'],
    [{}, 'expected at least one of'],
    [{ times: 2, apply: true }, 'expected at least one of'],
    [{ statuss: 500 }, 'statuss: unknown field'],
    [{ status: '500' }, 'status'],
    [{ status: 500, times: 0 }, 'times'],
    [{ status: 500, skip: -1 }, 'skip'],
    [{ delayMs: 2 ** 31 }, 'delayMs'],
    [{ headers: { 'a b': 'x' } }, 'headers'],
    [{ headers: { a: 'x\r\ny' } }, 'headers'],
    [{ headers: { a: 1 } }, 'headers'],
    [{ headers: { Trailer: 'x' }, delayMs: 1 }, 'headers'],
    [{ reset: 'after' }, 'reset'],
    [{ hang: false }, 'hang'],
    [{ truncate: 1 }, 'truncate'],
    [{ status: 500, apply: 'yes' }, 'apply'],
    [{ hang: true, reset: 'before' }, 'reset, hang, truncate'],
    [{ status: 500, match: { user: 'u' } }, 'match.user: unknown field'],
    [{ status: 500, match: { userId: 1 } }, 'match.userId'],
    [[{ status: 500 }, { status: 1 }], '[1].status'],
  ])('refuse the fault %j and add none', async (fault, error) => {
    const sandbox = await openSandbox();
    const answer = await faults(sandbox.url, fault);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(error) } });
    expect((await vendorClient(sandbox).get('u')).status).toBe(404);
  });

  it('are neither recorded nor limited nor struck by faults', async () => {
    const sandbox = await openSandbox({ rateLimit: { requests: 1, windowMs: 1_000 }, now: () => 0 });
    sandbox.addFault({ status: 500 });
    for (let turn = 0; turn < 3; turn += 1) {
      const authorization = 'API-Key a-key';
      expect((await send(sandbox.url, 'GET', '/__sandbox/requests', { authorization })).status).toBe(200);
    }
    expect(sandbox.requests()).toEqual([]);
  });

  it('forget everything on DELETE, also what was not applied yet', async () => {
    const sandbox = await openSandbox({ applyDelayMs: 20, rateLimit: { requests: 3, windowMs: 1_000 }, now: () => 0 });
    const vendor = vendorClient(sandbox);
    await vendor.upsert({ userId: 'seen' });
    await eventually(() => sandbox.users()[0]);
    await vendor.upsert({ userId: 'pending' });
    await vendor.upsert({ userId: 'also pending' });
    sandbox.addFault({ status: 500 });
    expect((await send(sandbox.url, 'DELETE', '/__sandbox')).status).toBe(204);
    expect(sandbox.requests()).toEqual([]);
    expect(sandbox.users()).toEqual([]);
    expect((await vendorClient(sandbox, 'another').get('u')).status).toBe(404);
    expect((await vendor.upsert({ userId: 'later' })).status).toBe(202);
    await eventually(() => sandbox.users()[0]);
    expect(sandbox.users()).toMatchObject([{ externalUserId: 'later', environment: 2 }]);
    expect(sandbox.requests()).toMatchObject([{ index: 0 }, { index: 1 }]);
  });

  it.each([
    ['GET', '/__sandbox/nothing', 404],
    ['GET', '/__sandbox', 405],
    ['POST', '/__sandbox/users', 405],
    ['GET', '/__sandbox/faults', 405],
  ])('answer %s %s with %i', async (method, path, status) => {
    const { url } = await openSandbox();
    expect((await send(url, method, path)).status).toBe(status);
  });
});
