import { call } from '../src/doors/call';
import type { Answer } from '../src/doors/call';
import { basic } from '../src/doors/credentials';
import { lastUpsert } from '../src/doors/last-upsert';
import { RelayOnSandbox, until, WRITE_KEY } from '@segment-userleap/relay-driver';

const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;

describe('the Tracking API', () => {
  let pair: RelayOnSandbox;
  let count = 0;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { LOG_LEVEL: 'trace' });
    expect(await post('/v1/identify', { userId: 'known', traits: { plan: 'pro' } })).toMatchObject({ status: 200 });
  });

  afterAll(async () => {
    await pair.stop();
  });

  it.each(['m', 'i', 't', 'p', 's', 'g', 'a', 'b', 'identify', 'import'])('answers %s with success', async (name) => {
    const ids = { userId: 'known', previousId: 'older', groupId: 'g', event: 'Clicked', name: 'Home' };
    expect(await post(`/v1/${name}`, { ...ids, batch: [] })).toMatchObject({ status: 200, body: { success: true } });
  });

  it('takes the client’s own measurements without credentials, and keeps nothing', async () => {
    const before = (await pair.events()).length;
    expect(await call(pair.relay, '/v1/m', { body: { series: [] } })).toMatchObject({ status: 200 });
    expect(await pair.events()).toHaveLength(before);
  });

  it('takes the write key from the body, but Basic credentials count first', async () => {
    const event = { userId: 'known', event: 'Clicked' };
    const status = async (headers: Readonly<Record<string, string>>, body: object): Promise<number> =>
      (await call(pair.relay, '/v1/track', { headers, body })).status;
    expect(await status({}, { ...event, writeKey: WRITE_KEY })).toBe(200);
    expect(await status(basic(WRITE_KEY), { ...event, writeKey: 'wrong' })).toBe(200);
    expect(await status(basic('wrong'), { ...event, writeKey: WRITE_KEY })).toBe(401);
    expect(await status({}, { ...event, writeKey: 'wrong' })).toBe(401);
    expect(await status({}, { ...event, writeKey: [WRITE_KEY] })).toBe(401);
    expect(await status({}, event)).toBe(401);
  });

  it('takes the write key of a beacon from its address, and nowhere else', async () => {
    const body = { batch: [{ type: 'track', userId: 'known', event: 'Left' }] };
    const status = async (path: string): Promise<number> => (await call(pair.relay, path, { body })).status;
    expect(await status(`/beacon/v1/batch?writeKey=${WRITE_KEY}`)).toBe(200);
    expect(await status('/beacon/v1/batch?writeKey=a-guess-at-the-key')).toBe(401);
    expect(await status(`/beacon/v1/batch?writeKey=a-guess-at-the-key&writeKey=${WRITE_KEY}`)).toBe(401);
    expect(await status('/beacon/v1/batch')).toBe(401);
    expect(await status(`/v1/batch?writeKey=${WRITE_KEY}`)).toBe(401);
    expect(await status(`/beacon/v1/track?writeKey=${WRITE_KEY}`)).toBe(404);
    const metrics = await (await fetch(`${pair.relay.url}/metrics`)).text();
    for (const text of [metrics, pair.relay.output()]) {
      expect(text).not.toContain(WRITE_KEY);
      expect(text).not.toContain('a-guess-at-the-key');
    }
  });

  describe('of a batch', () => {
    it('gives the context to each event, whose own counts', async () => {
      const [shared, own] = await deliverAll([{}, { context: { traits: { email: 'own@example.com' } } }], {
        context: { traits: { email: 'shared@example.com', plan: 'pro' } },
      });
      expect(shared).toEqual({ emailAddress: 'shared@example.com', attributes: { plan: 'pro' } });
      expect(own).toEqual({ emailAddress: 'own@example.com', attributes: { plan: 'pro' } });
    });

    it('gives the integrations to each event, whose own count', async () => {
      const integrations = { All: false };
      const own = [{}, { integrations: { Sprig: true } }, { integrations: { UserLeap: false } }];
      expect(await statesOf(own, { integrations })).toEqual(['filtered', 'delivered', 'filtered']);
      const shared = { All: true, UserLeap: false };
      expect(await statesOf([{}, { integrations: { UserLeap: true } }], { integrations: shared })).toEqual([
        'filtered',
        'delivered',
      ]);
    });

    it.each(['context', 'integrations'])('refuses a wrong kind of %s, whole', async (field) => {
      const before = (await pair.events()).length;
      for (const wrong of ['text', 5, true, [1]]) {
        const answer = await post('/v1/batch', { batch: [identify({})], [field]: wrong });
        expect(answer).toMatchObject({ status: 400, body: { message: expect.stringMatching(`^${field}: `) } });
      }
      expect(await pair.events()).toHaveLength(before);
    });
  });

  describe('with a sender’s clock that is wrong by hours', () => {
    it.each([
      ['of the event', -2 * HOUR_MS, (body: object, sentAt: string) => ({ batch: [{ ...body, sentAt }] })],
      ['of the batch', 2 * HOUR_MS, (body: object, sentAt: string) => ({ batch: [body], sentAt })],
      ['of both', 2 * HOUR_MS, (body: object, sentAt: string) => ({ batch: [{ ...body, sentAt }], sentAt: 'never' })],
    ])('corrects the time by the sentAt %s', async (_, wrongBy, write) => {
      for (const field of ['timestamp', 'originalTimestamp']) {
        const began = Date.now();
        const clock = began + wrongBy;
        const body = { ...track(), [field]: timeOf(clock - 5 * SECOND_MS) };
        const time = await timeAtUserLeap('/v1/batch', write(body, timeOf(clock)));
        expect(time).toBeGreaterThanOrEqual(began - 5 * SECOND_MS);
        expect(time).toBeLessThanOrEqual(Date.now() - 5 * SECOND_MS);
      }
    });

    it('corrects a single call', async () => {
      const began = Date.now();
      const body = { ...track(), timestamp: timeOf(began + HOUR_MS), sentAt: timeOf(began + HOUR_MS) };
      const time = await timeAtUserLeap('/v1/track', body);
      expect(time).toBeGreaterThanOrEqual(began);
      expect(time).toBeLessThanOrEqual(Date.now());
    });

    it('corrects all events of a call alike, whatever each of them says', async () => {
      const clock = Date.now() - HOUR_MS;
      const batch = [3, 2, 1, 0].map((at) => ({
        ...track(),
        timestamp: timeOf(clock - at * SECOND_MS),
        // On a busy machine the first are sent long after they were made, and the last at once.
        sentAt: timeOf(clock + at * 60 * SECOND_MS),
      }));
      expect(await post('/v1/batch', { batch })).toMatchObject({ status: 200 });
      const { events = [] } = await lastUpsert(pair.sandbox, { event: `Event ${count}` });
      expect(events.map(({ event }) => event)).toEqual(batch.map(({ event }) => event));
      const [first = 0, ...others] = events.map(({ timestamp }) => timestamp);
      expect(others.map((time) => time - first)).toEqual([1, 2, 3].map((at) => at * SECOND_MS));
    });

    it.each([
      ['by less than a minute, as networks do', 59 * SECOND_MS],
      ['by more than a day, as a dead one or an offline phone', 25 * HOUR_MS],
    ])('keeps the time where it is wrong %s', async (_, wrongBy) => {
      const clock = Date.now() - wrongBy;
      const body = { ...track(), timestamp: timeOf(clock - 5 * SECOND_MS), sentAt: timeOf(clock) };
      expect(await timeAtUserLeap('/v1/track', body)).toBe(clock - 5 * SECOND_MS);
    });

    it.each(['yesterday', '', null, 5e20])('keeps the time where sentAt is unreadable: %j', async (sentAt) => {
      const time = await timeAtUserLeap('/v1/track', { ...track(), timestamp: '2026-01-15T10:00:00.000Z', sentAt });
      expect(time).toBe(Date.parse('2026-01-15T10:00:00.000Z'));
    });
  });

  it('takes an event without a time as one of now, whatever receivedAt its sender claims', async () => {
    const began = Date.now();
    const time = await timeAtUserLeap('/v1/track', { ...track(), receivedAt: '2001-01-01T00:00:00.000Z' });
    expect(time).toBeGreaterThanOrEqual(began);
    expect(time).toBeLessThanOrEqual(Date.now());
  });

  it('shows which of an event’s times could not be read', async () => {
    const fields = { ...identify({}), timestamp: 'yesterday', originalTimestamp: '2026-02-30' };
    expect(await post('/v1/batch', { batch: [fields] })).toMatchObject({ status: 200 });
    await stateOf(fields.userId);
    const [event] = await pair.admin.events({ userId: fields.userId });
    expect(event?.warnings).toEqual([
      { code: 'unreadable_time', trait: 'timestamp' },
      { code: 'unreadable_time', trait: 'originalTimestamp' },
    ]);
  });

  function post(path: string, body: unknown): Promise<Answer> {
    return call(pair.relay, path, { headers: basic(WRITE_KEY), body });
  }

  function identify(fields: object): { type: string; userId: string } {
    return { type: 'identify', userId: `user-${(count += 1)}`, ...fields };
  }

  function track(): { type: string; userId: string; event: string } {
    return { type: 'track', userId: 'known', event: `Event ${(count += 1)}` };
  }

  /** What UserLeap got of users of their own, one for each event. */
  async function deliverAll(events: readonly object[], shared: object): Promise<readonly object[]> {
    const batch = events.map(identify);
    await post('/v1/batch', { batch, ...shared });
    const upserts = await Promise.all(batch.map(({ userId }) => lastUpsert(pair.sandbox, { userId })));
    return upserts.map(({ userId: _, ...rest }) => rest);
  }

  async function statesOf(events: readonly object[], shared: object): Promise<readonly string[]> {
    const batch = events.map((event) => identify({ ...event, traits: { plan: 'pro' } }));
    await post('/v1/batch', { batch, ...shared });
    return Promise.all(batch.map(({ userId }) => stateOf(userId)));
  }

  function stateOf(userId: string): Promise<string> {
    return until(`what became of ${userId}`, async () => {
      const [event] = await pair.admin.events({ userId });
      return event?.state === 'pending' ? undefined : event?.state;
    });
  }

  /** The time that UserLeap is told of the one event in a body. */
  async function timeAtUserLeap(path: string, body: object): Promise<number | undefined> {
    const event = `Event ${count}`;
    expect(await post(path, body)).toMatchObject({ status: 200 });
    const { events = [] } = await lastUpsert(pair.sandbox, { event });
    return events.find((one) => one.event === event)?.timestamp;
  }
});

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
