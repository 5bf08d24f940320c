import { eventually } from './eventually';
import { closeSandboxes, openSandbox } from './sandboxes';
import { vendorClient } from './vendor-client';

const NEVER_IN_THIS_TEST = 60_000;

describe('users of the sandbox', () => {
  afterEach(closeSandboxes);

  it('answers 202 to an upsert and shows the user under its URL-encoded id', async () => {
    const vendor = vendorClient(await openSandbox({ now: () => 1_000 }));
    const accepted = await vendor.upsert({
      userId: 'ä/b c',
      emailAddress: 'a@example.com',
      attributes: { plan: 'pro', seats: 3, active: false },
    });
    expect(accepted).toMatchObject({ status: 202, text: 'Accepted' });
    const { status, body } = await vendor.get('ä/b c');
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      externalUserId: 'ä/b c',
      createdAt: 1_000,
      emailAddress: 'a@example.com',
      attributes: { plan: 'pro', seats: 3, active: false },
      events: [],
    });
  });

  it('shows no emailAddress for a user without one', async () => {
    const vendor = vendorClient(await openSandbox());
    await vendor.upsert({ userId: 'u' });
    expect((await vendor.get('u')).body).not.toHaveProperty('emailAddress');
  });

  it('merges attributes, the last write wins, and keeps what an upsert does not mention', async () => {
    const vendor = vendorClient(await openSandbox());
    await vendor.upsert({ userId: 'u', emailAddress: 'a@example.com', attributes: { one: 1, two: 1 } });
    await vendor.upsert({ userId: 'u', attributes: { two: 2, three: 2 } });
    expect((await vendor.get('u')).body).toMatchObject({
      emailAddress: 'a@example.com',
      attributes: { one: 1, two: 2, three: 2 },
    });
  });

  it('counts the events of one name, and keeps their earliest and latest time', async () => {
    const vendor = vendorClient(await openSandbox());
    await vendor.upsert({ userId: 'u', events: [{ event: 'Signed Up', timestamp: 2_000 }] });
    await vendor.upsert({
      userId: 'u',
      events: [
        { event: 'Signed Up', timestamp: 3_000 },
        { event: 'Signed Up', timestamp: 1_000 },
        { event: 'Left', timestamp: 4_000 },
      ],
    });
    expect((await vendor.get('u')).body).toMatchObject({
      events: [
        { event: 'Signed Up', count: 3, createdAt: 1_000, updatedAt: 3_000 },
        { event: 'Left', count: 1, createdAt: 4_000, updatedAt: 4_000 },
      ],
    });
  });

  it('answers 404 for a user it does not know', async () => {
    const answer = await vendorClient(await openSandbox()).get('nobody');
    expect(answer).toMatchObject({ status: 404, body: { error: expect.stringContaining('userId') } });
  });

  it('answers 404 while an accepted upsert is not applied yet', async () => {
    const sandbox = await openSandbox({ applyDelayMs: NEVER_IN_THIS_TEST });
    const vendor = vendorClient(sandbox);
    expect((await vendor.upsert({ userId: 'u' })).status).toBe(202);
    expect((await vendor.get('u')).status).toBe(404);
    expect(sandbox.unapplied()).toBe(1);
  });

  it('applies delayed upserts in the order of the requests', async () => {
    const sandbox = await openSandbox({ applyDelayMs: 20 });
    const vendor = vendorClient(sandbox);
    for (const step of [1, 2, 3]) await vendor.upsert({ userId: 'u', attributes: { step, [`step${step}`]: true } });
    const user = await eventually(() => sandbox.users().find(({ attributes }) => attributes['step3']));
    expect(user.attributes).toEqual({ step: 3, step1: true, step2: true, step3: true });
    expect(sandbox.unapplied()).toBe(0);
  });

  it('keeps the users of two API keys apart', async () => {
    const sandbox = await openSandbox();
    await vendorClient(sandbox, 'development').upsert({ userId: 'u', attributes: { from: 'development' } });
    await vendorClient(sandbox, 'production').upsert({ userId: 'u', attributes: { from: 'production' } });
    expect(sandbox.users()).toMatchObject([
      { environment: 1, externalUserId: 'u', attributes: { from: 'development' } },
      { environment: 2, externalUserId: 'u', attributes: { from: 'production' } },
    ]);
    await vendorClient(sandbox, 'production').purge({ userIds: ['u'] });
    expect(sandbox.users()).toMatchObject([{ environment: 1 }]);
  });

  it('takes an attribute named __proto__ as any other', async () => {
    const sandbox = await openSandbox();
    const attributes: unknown = JSON.parse('{"__proto__":"x"}');
    await vendorClient(sandbox).upsert({ userId: 'u', attributes });
    expect((await vendorClient(sandbox).get('u')).text).toContain('{"__proto__":"x"}');
  });
});

describe('POST /v2/purge/visitors', () => {
  afterEach(closeSandboxes);

  it('removes users by userId, email and visitor id, and no others', async () => {
    const sandbox = await openSandbox();
    const vendor = vendorClient(sandbox);
    for (const userId of ['by-id', 'by-email', 'by-visitor', 'kept']) {
      await vendor.upsert({ userId, emailAddress: `${userId}@example.com` });
    }
    const visitor = sandbox.users().find(({ externalUserId }) => externalUserId === 'by-visitor');
    const answer = await vendor.purge({
      userIds: ['by-id', 'nobody'],
      emails: ['by-email@example.com'],
      visitorIds: [visitor?.id],
      delaySeconds: 0,
    });
    expect(answer).toMatchObject({ status: 200, body: { requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    expect(sandbox.users()).toMatchObject([{ externalUserId: 'kept' }]);
    expect((await vendor.get('by-id')).status).toBe(404);
  });

  it('drops upserts that were accepted before it and are not applied yet', async () => {
    const sandbox = await openSandbox({ applyDelayMs: 20 });
    const vendor = vendorClient(sandbox);
    await vendor.upsert({ userId: 'by-id' });
    await vendor.upsert({ userId: 'by-email', emailAddress: 'a@example.com' });
    await vendor.purge({ userIds: ['by-id'], emails: ['a@example.com'] });
    await vendor.upsert({ userId: 'later' });
    await eventually(() => sandbox.users().find(({ externalUserId }) => externalUserId === 'later'));
    expect(sandbox.users()).toHaveLength(1);
  });

  it('lets a later upsert create the user anew', async () => {
    const sandbox = await openSandbox();
    const vendor = vendorClient(sandbox);
    await vendor.upsert({ userId: 'u', attributes: { old: true } });
    const [before] = sandbox.users();
    await vendor.purge({ userIds: ['u'] });
    await vendor.upsert({ userId: 'u', attributes: { new: true } });
    expect(sandbox.users()).toMatchObject([{ externalUserId: 'u', attributes: { new: true } }]);
    expect(sandbox.users()[0]?.id).not.toBe(before?.id);
    expect(sandbox.users()[0]?.attributes).not.toHaveProperty('old');
  });
});

describe('POST /v1/users/{userId}/events', () => {
  afterEach(closeSandboxes);

  it.each([
    ['milliseconds', 5_000],
    ['ISO-8601', '1970-01-01T00:00:05Z'],
    ['the present when there is none', undefined],
  ])('adds an event at %s to a user that exists', async (_kind, timestamp) => {
    const sandbox = await openSandbox({ now: () => 5_000 });
    const vendor = vendorClient(sandbox);
    await vendor.upsert({ userId: 'u' });
    expect((await vendor.event('u', { name: 'Signed Up', timestamp })).status).toBe(201);
    expect(sandbox.users()[0]?.events).toEqual([{ event: 'Signed Up', count: 1, createdAt: 5_000, updatedAt: 5_000 }]);
  });

  it('answers 404 and creates nobody when there is no such user', async () => {
    const sandbox = await openSandbox();
    expect((await vendorClient(sandbox).event('u', { name: 'Signed Up' })).status).toBe(404);
    expect(sandbox.users()).toEqual([]);
  });
});

describe('POST /v1/users/bulk', () => {
  afterEach(closeSandboxes);

  it('upserts a user for each row with a user_id', async () => {
    const sandbox = await openSandbox();
    const answer = await vendorClient(sandbox).bulk(
      'user_id,email,plan\r\nu1,a@example.com,"pro, yearly"\r\nu2,,\r\n,only@example.com,x\r\n',
    );
    expect(answer).toMatchObject({ status: 202, body: { jobId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    expect(sandbox.users()).toMatchObject([
      { externalUserId: 'u1', emailAddress: 'a@example.com', attributes: { plan: 'pro, yearly' } },
      { externalUserId: 'u2', attributes: {} },
    ]);
  });

  it.each([
    ['a row with neither id', 'user_id,email,plan\nu1,,\n,,pro\n', 'row 2'],
    ['a row with a bad email', 'user_id,email\nu1,nonsense\n', 'row 1: emailAddress'],
    ['a row that is too long', 'user_id\nu1,x\n', 'row 1'],
    ['a quote out of place', 'user_id\n"u1\n', 'body'],
    ['no lines at all', '', 'body'],
    ['a column that occurs twice', 'user_id,a,a\n', 'body'],
    ['more than 65,000 rows', `user_id\n${'u\n'.repeat(65_001)}`, 'body: expected at most 65000 rows'],
  ])('refuses %s, and takes no row', async (_what, csv, error) => {
    const sandbox = await openSandbox();
    const answer = await vendorClient(sandbox).bulk(csv);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(error) } });
    expect(sandbox.users()).toEqual([]);
  });

  it('applies them later, all in one go', async () => {
    const sandbox = await openSandbox({ applyDelayMs: 20 });
    await vendorClient(sandbox).bulk(`user_id,plan\nu1,pro\nu2,free\n`);
    expect(sandbox.users()).toEqual([]);
    while (sandbox.users().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(sandbox.users()).toMatchObject([{ attributes: { plan: 'pro' } }, { attributes: { plan: 'free' } }]);
  });

  it('takes more than a megabyte', async () => {
    const sandbox = await openSandbox();
    const rows = Array.from({ length: 20_000 }, (_, user) => `user-${user},${'x'.repeat(60)}`);
    expect((await vendorClient(sandbox).bulk(`user_id,plan\n${rows.join('\n')}\n`)).status).toBe(202);
    expect(sandbox.users()).toHaveLength(20_000);
  });

  it('takes 65,000 rows', async () => {
    const sandbox = await openSandbox();
    expect((await vendorClient(sandbox).bulk(`user_id\n${'u\n'.repeat(65_000)}`)).status).toBe(202);
  });
});
