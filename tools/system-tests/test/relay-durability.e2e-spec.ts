import { RelayOnSandbox, until, untilSettled } from '@segment-userleap/relay-driver';
import type { EventRecord } from '@segment-userleap/relay-driver';

const IDENTIFY = { type: 'identify', userId: 'u1', traits: { plan: 'pro' }, timestamp: '2026-01-15T10:00:00.000Z' };

describe('what the relay has accepted, over a restart,', () => {
  let pair: RelayOnSandbox;

  beforeEach(async () => {
    pair = await RelayOnSandbox.start();
  });

  afterEach(async () => {
    await pair.stop();
  });

  it('arrives although the process is killed right after it has answered 200', async () => {
    pair.sandbox.addFault({ hang: true, times: 1_000 });
    const events = Array.from({ length: 50 }, (_, at) => ({ ...IDENTIFY, userId: `u${at}`, messageId: `m${at}` }));
    expect((await pair.post('/v1/batch', { batch: events })).status).toBe(200);
    expect(await pair.relay.end('SIGKILL')).toBeNull();
    pair.sandbox.clear();
    await pair.startRelay();
    await pair.settled(50);
    expect(pair.sandbox.users()).toHaveLength(50);
  });

  it('waits out an outage and is kept over a restart in between', async () => {
    pair.sandbox.addFault({ status: 503, times: 1_000 });
    expect((await pair.post('/v1/identify', IDENTIFY)).status).toBe(200);
    await until('an attempt', async () => ((await pair.events())[0]?.attempts ? true : undefined));
    expect(await pair.relay.end('SIGTERM')).toBe(0);
    pair.sandbox.clear();
    await pair.startRelay();
    await pair.settled(1);
    expect(pair.sandbox.users()).toHaveLength(1);
  });

  it('is answered and kept before SIGTERM ends the process', async () => {
    pair.sandbox.addFault({ delayMs: 500 });
    expect((await pair.post('/v1/identify', IDENTIFY)).status).toBe(200);
    await until('the request', () => (pair.sandbox.requests().length > 0 ? true : undefined));
    expect(await pair.relay.end('SIGTERM')).toBe(0);
    await pair.startRelay();
    expect(await pair.events()).toEqual([expect.objectContaining({ state: 'delivered', attempts: 1 })]);
    expect(pair.sandbox.requests()).toHaveLength(1);
  });
});

describe('what the relay has accepted', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start();
  });

  afterAll(async () => {
    await pair.stop();
  });

  /** Each test has users of its own. */
  const settled = (userId: string, count: number): Promise<readonly EventRecord[]> =>
    untilSettled(count, () => pair.admin.events({ userId }));
  const identify = (userId: string) => ({ ...IDENTIFY, userId });
  const requestsOf = (userId: string) =>
    pair.sandbox.requests().filter(({ body }) => (body as { userId?: unknown } | null)?.userId === userId);
  const userOf = (userId: string) => pair.sandbox.users().find(({ externalUserId }) => externalUserId === userId);

  it('is delivered once however often the sender repeats it', async () => {
    for (let time = 0; time < 3; time += 1) {
      expect((await pair.post('/v1/identify', { ...identify('repeated'), messageId: 'same' })).status).toBe(200);
    }
    await settled('repeated', 1);
    expect(requestsOf('repeated')).toHaveLength(1);
  });

  it('of one user goes in one request', async () => {
    const tracks = Array.from({ length: 29 }, (_, at) => ({ type: 'track', userId: 'busy', event: `Event ${at}` }));
    await pair.post('/v1/batch', { batch: [identify('busy'), ...tracks] });
    await settled('busy', 30);
    expect(requestsOf('busy')).toHaveLength(1);
    expect(userOf('busy')?.events).toHaveLength(29);
  });

  it('arrives although UserLeap refuses one event of the batch; that one becomes a dead letter', async () => {
    pair.sandbox.addFault({ match: { event: 'Bad' }, status: 400, body: { error: 'no such event' }, times: 1_000 });
    const tracks = Array.from({ length: 29 }, (_, at) => ({
      type: 'track',
      userId: 'mixed',
      event: at === 17 ? 'Bad' : `Event ${at}`,
      messageId: `m${at}`,
    }));
    await pair.post('/v1/batch', { batch: [identify('mixed'), ...tracks] });
    const dead = (await settled('mixed', 30)).filter(({ state }) => state !== 'delivered');
    expect(dead).toEqual([expect.objectContaining({ messageId: 'm17', state: 'rejected', message: 'no such event' })]);
    expect(userOf('mixed')?.events).toHaveLength(28);
  });

  it('waits for its user, and goes with the Identify that creates it', async () => {
    await pair.post('/v1/track', { userId: 'late', event: 'Clicked' });
    await pair.post('/v1/page', { userId: 'late', properties: { url: 'https://shop.example/' } });
    await pair.post('/v1/alias', { userId: 'late-2', previousId: 'late' });
    await until('the look-up', async () =>
      (await pair.admin.events({ userId: 'late', reason: 'unknown_user' })).length > 0 ? true : undefined,
    );
    expect([userOf('late'), userOf('late-2')]).toEqual([undefined, undefined]);
    await pair.post('/v1/identify', identify('late'));
    await settled('late', 4);
    expect([userOf('late')?.events, userOf('late-2')?.events]).toEqual([
      [expect.anything(), expect.anything()],
      [expect.anything(), expect.anything()],
    ]);
  });
});
