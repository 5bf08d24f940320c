import type { EventQuery, EventRecord } from '@segment-userleap/relay-driver';
import { RelayOnSandbox } from '@segment-userleap/relay-driver';

const USERS = 6;
const OF_EACH = 8;
const ENDS = ['delivered', 'filtered', 'unsupported', 'rejected'] as const;
const SECRET = 'laura.secret@example.com';

// Each test goes on from where the one before it ended.
describe('what the admin API lists', () => {
  let pair: RelayOnSandbox;
  let between: string;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start();
    await accept(eventsOf('first'));
    await pair.settled(USERS * OF_EACH);
    between = new Date().toISOString();
    await accept(eventsOf('second'));
    await pair.settled(2 * USERS * OF_EACH);
  });

  afterAll(async () => {
    await pair.stop();
  });

  async function accept(events: readonly object[]): Promise<void> {
    expect((await pair.post('/webhooks/segment', events)).status).toBe(200);
  }

  /** An Identify of each user, Tracks, Groups, and one in eight that is not valid. */
  function eventsOf(batch: string): readonly object[] {
    return Array.from({ length: USERS * OF_EACH }, (_, index) => {
      const common = { userId: `user-${index % USERS}`, messageId: `${batch}-${index}` };
      if (index < USERS) return { ...common, type: 'identify', traits: { plan: 'pro' } };
      if (index % OF_EACH === 7) return { ...common, type: 'track', event: ' ' };
      return index % OF_EACH === 6
        ? { ...common, type: 'group', groupId: 'g' }
        : { ...common, type: 'track', event: 'Clicked' };
    });
  }

  async function pages(
    query: EventQuery,
    meanwhile = async () => undefined as unknown,
  ): Promise<readonly EventRecord[]> {
    const found: EventRecord[] = [];
    let before: { readonly before?: string } | undefined = {};
    while (before) {
      const { events, next } = await pair.admin.eventPage({ limit: 7, ...query, ...before });
      expect(events.length).toBeLessThanOrEqual(7);
      found.push(...events);
      before = next === null ? undefined : { before: next };
      await meanwhile();
    }
    return found;
  }

  it.each<[EventQuery, number | undefined]>([
    [{}, 2 * USERS * OF_EACH],
    [{ destination: 'default' }, 2 * USERS * OF_EACH],
    [{ state: 'rejected' }, 2 * USERS],
    [{ state: 'unsupported', type: 'group', reason: 'unsupported_type' }, undefined],
    [{ type: 'track', state: 'delivered' }, undefined],
    [{ userId: 'user-3' }, 2 * OF_EACH],
    [{ userId: 'user-3', state: 'delivered' }, undefined],
    [{ messageId: 'first-5' }, 1],
    [{ destination: 'other' }, 0],
  ])('is paged through without gaps or repeats: %j', async (query, count) => {
    const found = await pages(query);
    const { events, next } = await pair.admin.eventPage({ limit: 1_000, ...query });
    expect(next).toBeNull();
    expect(found).toEqual(events);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(found.length).toBe(count ?? found.length);
    for (const event of found) expect(event).toMatchObject(query);
  });

  it('is of the range of time that is asked for, its end left out', async () => {
    const ids = async (query: EventQuery) => (await pages(query)).map(({ messageId }) => messageId.split('-')[0]);
    expect(new Set(await ids({ from: between }))).toEqual(new Set(['second']));
    expect(new Set(await ids({ to: between }))).toEqual(new Set(['first']));
    const [newest] = (await pages({})).slice(0, 1);
    const at = newest?.acceptedAt ?? '';
    expect(await ids({ from: at, state: 'rejected' })).toHaveLength(USERS);
    expect(await ids({ from: between, to: at })).toEqual([]);
    expect(await ids({ to: between, userId: 'user-1', state: 'rejected' })).not.toContain('second');
  });

  it('misses nothing and repeats nothing while more comes', async () => {
    const before = (await pages({})).map(({ id }) => id);
    let more = 0;
    const found = await pages({}, () =>
      accept([{ type: 'identify', userId: 'new', messageId: `new-${more++}`, traits: {} }]),
    );
    expect(found.map(({ id }) => id)).toEqual(before);
    expect(more).toBeGreaterThan(5);
    await pair.settled(before.length + more);
  });

  it('is counted in the overview', async () => {
    const { minutes, ...now } = await pair.admin.overview();
    const sum = (name: 'accepted' | 'requests' | (typeof ENDS)[number]) =>
      minutes.reduce((total, minute) => total + minute[name], 0);
    const events = await pair.events();
    const of = (state: string) => events.filter((event) => event.state === state).length;
    expect(minutes).toHaveLength(60);
    expect(sum('accepted')).toBe(events.length);
    for (const state of ENDS) expect(sum(state)).toBe(of(state));
    expect(sum('requests')).toBe(pair.sandbox.requests().length);
    expect(now).toMatchObject({ pending: 0, oldestPendingAt: null, deadLetters: of('rejected') });
    expect(now.destinations).toEqual([await pair.admin.destination()]);
  });

  it('is, of dead letters, what a count counts and a replay takes up', async () => {
    expect(await pair.admin.deadLetters()).toEqual([
      expect.objectContaining({ destination: 'default', reason: 'blank_event_name', count: 2 * USERS }),
    ]);
    for (const [filter, count] of [
      [{ userId: 'user-1' }, 4],
      [{ reason: 'blank_event_name' }, 2 * USERS],
      [{ all: true }, 2 * USERS],
    ] as const) {
      expect(await pair.admin.countDeadLetters(filter)).toBe(count);
      // They are as invalid as before, and end so again.
      expect(await pair.admin.replay(filter)).toBe(count);
    }
  });

  it.each([
    ['/api/events?frobnicate=1', 'frobnicate: expected one of id, destination,'],
    ['/api/events?limit=0', 'limit: expected a number from 1 to 1000'],
    ['/api/events?limit=1001', 'limit: '],
    ['/api/events?state=lost', 'state: expected one of pending,'],
    ['/api/events?id=first', 'id: expected a number'],
    ['/api/events?type=a&type=b', 'type: expected one text'],
    [`/api/events?from=${SECRET}`, 'from: expected an ISO-8601 time such as 2026-01-31T12:00:00Z'],
    ['/api/events?to=2026-02-30', 'to: expected an ISO-8601 time'],
    ['/api/events?to=', 'to: expected an ISO-8601 time such as 2026-01-31T12:00:00Z, got an empty string'],
    [`/api/events?before=${SECRET}`, 'before: expected what `next` of the page before says'],
    ['/api/events/first', 'id: expected a number'],
    ['/api/lanes?state=pending', 'state: expected one of destination, userId, limit, before'],
    ['/api/overview?range=1h', 'range: this call takes no parameters in its address'],
    ['/api/destinations?name=default', 'name: this call takes no parameters in its address'],
    ['/api/lanes?limit=-1', 'limit: '],
    ['/api/lanes?before=1', 'before: '],
  ])('is asked for wrongly by GET %s: the answer names what', async (path, message) => {
    await expectRefusal(await pair.admin.call(path), 400, message);
  });

  it.each([
    ['/api/dead-letters/count', {}, 'all: expected true, or a filter in its place'],
    ['/api/dead-letters/count', { state: SECRET }, 'state: expected one of id,'],
    ['/api/dead-letters/count', { userId: 5 }, 'userId: expected one text'],
    ['/api/dead-letters/count', [], 'body: expected an object, got an array'],
    ['/api/users/erase', undefined, 'body: expected JSON, got nothing'],
    ['/api/users/erase', SECRET, 'body: expected an object, got a string'],
    ['/api/users/erase', {}, 'userId: expected an id'],
    ['/api/users/erase', { userId: '' }, 'userId: expected an id'],
    ['/api/users/erase', { userId: 7 }, 'userId: expected one text'],
    ['/api/users/erase', { userId: SECRET, destination: {} }, 'destination: expected one text'],
    ['/api/users/erase', { userId: SECRET, destination: 'typo' }, 'destination: expected one of default'],
    ['/api/users/erase', { userId: SECRET, all: true }, 'all: expected one of userId, anonymousId, destination'],
    ['/api/users/erase', { anonymousId: '' }, 'anonymousId: expected an id'],
  ])('is asked for wrongly by POST %s %j: the answer names what', async (path, body, message) => {
    await expectRefusal(await pair.admin.post(path, body), 400, message);
  });

  it.each([
    ['GET', '/api/events/123456789'],
    ['POST', '/api/destinations/other/pause'],
    ['POST', '/api/destinations/other/resume'],
  ])('knows nothing at %s %s', async (method, path) => {
    await expectRefusal(await pair.admin.call(path, { method }), 404, '');
  });

  it.each(['/api/lanes', '/api/overview', '/api/dead-letters', '/api/events/1'])(
    'is for nobody without the token: %s',
    async (path) => {
      expect((await fetch(`${pair.relay.url}${path}`)).status).toBe(401);
    },
  );

  it('leaves nothing of a bad call in the log', () => {
    expect(pair.relay.output()).not.toContain('laura');
  });

  async function expectRefusal(response: Response, status: number, message: string): Promise<void> {
    const answer = (await response.json()) as { readonly message: string };
    expect([response.status, answer.message.slice(0, message.length)]).toEqual([status, message]);
    expect(answer.message).not.toContain(SECRET);
  }
});
