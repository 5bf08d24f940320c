import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';

const BULK = '/v1/users/bulk';

describe('bulk upserts', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    const limits = { rateLimit: { requests: 100_000, windowMs: 60_000 } };
    const env = { USERLEAP_RATE_LIMIT: '100000/60s', USERLEAP_BULK_UPSERTS: 'true' };
    pair = await RelayOnSandbox.start(limits, env);
  });

  afterAll(async () => {
    await pair.stop();
  });

  /** An audience of so many, as Segment hands it over. Returns which calls it made, each path once for each answer. */
  async function hand(name: string, members: number): Promise<readonly string[]> {
    const before = { requests: pair.sandbox.requests().length, users: pair.sandbox.users().length };
    const batch = Array.from({ length: members }, (_, member) => {
      return {
        type: 'identify',
        userId: `${name}-${member}`,
        messageId: `${name}-${member}`,
        traits: { [name]: true },
      };
    });
    expect((await pair.post('/v1/batch', { batch })).status).toBe(200);
    await until('all members', () => pair.sandbox.users().length >= before.users + members || undefined);
    const requests = pair.sandbox.requests().slice(before.requests);
    return [...new Set(requests.map(({ path, status }) => `${path} ${status}`))].sort();
  }

  it('tell UserLeap of many users in one request, which their stories show', async () => {
    expect(await hand('many', 1_200)).toEqual([`${BULK} 202`]);
    expect(pair.sandbox.requests()).toHaveLength(1);
    expect(pair.sandbox.users()[7]).toMatchObject({ externalUserId: 'many-7', attributes: { many: 'true' } });
    const delivered = until('its outcome', async () => {
      const [event] = await pair.admin.events({ messageId: 'many-7' });
      return event?.state === 'delivered' ? event : undefined;
    });
    const { story } = await pair.admin.event((await delivered).id);
    expect(story).toContainEqual(expect.objectContaining({ kind: 'request', path: BULK, status: 202, events: 1_200 }));
  });

  it('are none for few users', async () => {
    expect(await hand('few', 20)).toEqual(['/v2/users 202']);
  });

  it('are left where UserLeap has no such call, at the price of one request', async () => {
    pair.sandbox.addFault({ match: { path: BULK }, status: 404, times: 10 });
    expect(await hand('refused', 1_100)).toEqual([`${BULK} 404`, '/v2/users 202']);
    expect(await hand('later', 1_100)).toEqual(['/v2/users 202']);
    expect(pair.sandbox.requests().filter(({ status }) => status === 404)).toHaveLength(1);
    expect(pair.sandbox.users().at(-1)?.attributes).toEqual({ later: true });
  });
});
