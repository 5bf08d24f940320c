import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import { gapsByUser } from '../src/gaps-by-user';
import { API_KEY, RelayOnSandbox, until, WRITE_KEY } from '@segment-userleap/relay-driver';

const UNKNOWN = Array.from({ length: 160 }, (_, at) => `stranger-${at}`);
const LOOK_UP_AGAIN_MS = 10_000;

describe('users that UserLeap does not know', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    // High enough that nothing has to be spread over time; the vendor's limit holds in the sandbox.
    pair = await RelayOnSandbox.start({}, { USERLEAP_RATE_LIMIT: '3000/300s' });
    // For the last test, which waits for it.
    pair.sandbox.addFault({ match: { userId: 'latecomer' }, status: 503, times: 2 });
    await accept([{ type: 'track', userId: 'latecomer', event: 'First' }]);
    await until('the latecomer to be looked up in vain', () => lookUpsInVain('latecomer')[0]);
    await createElsewhere('latecomer');
  });

  afterAll(async () => {
    await pair.stop();
  });

  it('cost one look-up each', async () => {
    await accept(UNKNOWN.map((userId) => ({ type: 'track', userId, event: 'First' })));
    await until('all of them to be looked up', () => (usersLookedUp().size === UNKNOWN.length ? true : undefined));
    expect(usersLookedUp()).toEqual(new Set(UNKNOWN));
    expectNoLookUpTooSoon();
  });

  it('cost none for what comes after that', async () => {
    await accept(UNKNOWN.map((userId) => ({ type: 'track', userId, event: 'Second' })));
    await accept([{ type: 'identify', userId: 'someone-else', traits: { plan: 'pro' } }]);
    await until('a request that was due later', () => requestsOf('someone-else')[0]);
    expectNoLookUpTooSoon();
  });

  it('take everything along with their Identify, in one request', async () => {
    await accept([{ type: 'identify', userId: 'stranger-7', traits: { plan: 'pro' } }]);
    await until('the user to be delivered', async () => {
      const events = await pair.admin.events({ userId: 'stranger-7' });
      return events.every(({ state }) => state === 'delivered') ? true : undefined;
    });
    const [upsert, ...more] = requestsOf('stranger-7').filter((request) => !isLookUp(request));
    expect(more).toEqual([]);
    expect(upsert?.body).toMatchObject({
      attributes: { plan: 'pro' },
      events: [{ event: 'First' }, { event: 'Second' }],
    });
  });

  it('are known from their Identify on, over a restart too', async () => {
    expect(await pair.relay.end('SIGTERM')).toBe(0);
    await pair.startRelay();
    const before = requestsOf('stranger-7').length;
    await accept([{ type: 'track', userId: 'stranger-7', event: 'Third' }]);
    const [next] = await until('the event', () => {
      const later = requestsOf('stranger-7').slice(before);
      return later.length > 0 ? later : undefined;
    });
    expect(next).toMatchObject({ method: 'POST', body: { events: [{ event: 'Third' }] } });
  });

  it('are forgotten by a Delete', async () => {
    await accept([{ type: 'delete', userId: 'stranger-7' }]);
    await until('the purge', () => purges()[0]);
    await accept([{ type: 'track', userId: 'stranger-7', event: 'Fourth' }]);
    await until('the user to be looked up in vain', () => lookUpsInVain('stranger-7').at(1));
    expect(requestsOf('stranger-7').at(-1)?.method).toBe('GET');
  });

  it('are deleted by the hundred', async () => {
    const before = purges().length;
    await accept(UNKNOWN.slice(10).map((userId) => ({ type: 'delete', userId })));
    await until('the deletes to be delivered', async () =>
      (await pair.admin.events({ type: 'delete', state: 'delivered' })).length === 151 ? true : undefined,
    );
    const sizes = purges()
      .slice(before)
      .map(({ body }) => (body as { userIds: readonly string[] }).userIds.length);
    expect(sizes.sort()).toEqual([100, 50]);
    const dropped = await pair.admin.events({ state: 'filtered' });
    expect(dropped.map(({ reason }) => reason)).toEqual(dropped.map(() => 'user_deleted'));
    expect(dropped).toHaveLength(2 * 150);
  });

  it('are looked up again soon after an outage, as if there had been none', async () => {
    await until(
      'the latecomer to be delivered',
      async () => (await pair.admin.events({ userId: 'latecomer', state: 'delivered' }))[0],
    );
  });

  async function accept(batch: readonly object[]): Promise<void> {
    const response = await fetch(`${pair.relay.url}/webhooks/segment`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` },
      body: JSON.stringify(batch),
    });
    if (response.status !== 200) throw new Error(`the relay answered ${response.status}`);
  }

  /** As another client of UserLeap would. */
  async function createElsewhere(userId: string): Promise<void> {
    const headers = { authorization: `API-Key ${API_KEY}`, 'content-type': 'application/json' };
    await fetch(`${pair.sandbox.url}/v2/users`, { method: 'POST', headers, body: JSON.stringify({ userId }) });
  }

  function usersLookedUp(): ReadonlySet<string> {
    const lookUps = pair.sandbox.requests().filter(isLookUp);
    return new Set(lookUps.map(({ path }) => path.slice('/v2/users/'.length)).filter((id) => id !== 'latecomer'));
  }

  /** However slow this machine is. */
  function expectNoLookUpTooSoon(): void {
    const lookUps = pair.sandbox.requests().filter((request) => isLookUp(request) && request.status === 404);
    const gaps = gapsByUser(lookUps);
    expect(gaps.filter((gap) => gap < LOOK_UP_AGAIN_MS)).toEqual([]);
  }

  function lookUpsInVain(userId: string): readonly RecordedRequest[] {
    return requestsOf(userId).filter((request) => isLookUp(request) && request.status === 404);
  }

  function requestsOf(userId: string): readonly RecordedRequest[] {
    return pair.sandbox
      .requests()
      .filter(
        ({ path, body }) => path === `/v2/users/${userId}` || (body as { userId?: string } | null)?.userId === userId,
      );
  }

  function purges(): readonly RecordedRequest[] {
    return pair.sandbox.requests().filter(({ path }) => path === '/v2/purge/visitors');
  }
});

function isLookUp({ method }: RecordedRequest): boolean {
  return method === 'GET';
}
