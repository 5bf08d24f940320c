import { closeSandboxes, openSandbox } from './sandboxes';
import { vendorClient } from './vendor-client';

describe('the rate limit', () => {
  afterEach(closeSandboxes);

  const rateLimit = { requests: 2, windowMs: 10_000 };

  it('answers 429 past it, until the oldest request has left the sliding window', async () => {
    let now = 0;
    const vendor = vendorClient(await openSandbox({ rateLimit, now: () => now }));
    const statusAt = async (time: number): Promise<number> => {
      now = time;
      return (await vendor.upsert({ userId: 'u' })).status;
    };
    expect(await statusAt(0)).toBe(202);
    expect(await statusAt(6_000)).toBe(202);
    expect(await statusAt(9_999)).toBe(429);
    expect(await statusAt(10_000)).toBe(202);
    // A fixed window would have begun anew at 10,000; the 429 at 9,999 did not count either.
    expect(await statusAt(15_999)).toBe(429);
    expect(await statusAt(16_000)).toBe(202);
  });

  it('says in whole seconds, rounded up, when there is room again', async () => {
    let now = 0;
    const vendor = vendorClient(await openSandbox({ rateLimit, now: () => now }));
    await vendor.get('u');
    await vendor.get('u');
    now = 7_001;
    const { headers, body } = await vendor.get('u');
    expect(headers.get('retry-after')).toBe('3');
    expect(headers.get('ratelimit-reset')).toBe('3');
    expect(body).toEqual({ error: expect.any(String) });
  });

  it('counts every API key on its own', async () => {
    const sandbox = await openSandbox({ rateLimit, now: () => 0 });
    for (const status of [404, 404, 429]) expect((await vendorClient(sandbox, 'one').get('u')).status).toBe(status);
    expect((await vendorClient(sandbox, 'two').get('u')).status).toBe(404);
  });

  it('counts refused and faulted requests', async () => {
    const sandbox = await openSandbox({ rateLimit, now: () => 0 });
    const vendor = vendorClient(sandbox);
    sandbox.addFault({ status: 503 });
    expect((await vendor.get('u')).status).toBe(503);
    expect((await vendor.upsert({})).status).toBe(400);
    expect((await vendor.get('u')).status).toBe(429);
  });

  it('applies nothing of a limited request, marks it in the records and leaves faults for later', async () => {
    const sandbox = await openSandbox({ rateLimit: { requests: 1, windowMs: 1_000 }, now: () => 0 });
    const vendor = vendorClient(sandbox);
    await vendor.get('u');
    sandbox.addFault({ status: 500 });
    await vendor.upsert({ userId: 'u' });
    expect(sandbox.users()).toEqual([]);
    expect(sandbox.requests()).toMatchObject([
      { status: 404, rateLimited: false },
      { status: 429, rateLimited: true, body: { userId: 'u' } },
    ]);
    expect((await vendorClient(sandbox, 'another').get('u')).status).toBe(500);
  });
});
