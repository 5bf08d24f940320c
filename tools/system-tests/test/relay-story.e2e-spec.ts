import type { EventStory } from '@segment-userleap/relay-driver';
import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';

const EVENTS = [
  { type: 'identify', userId: 'ann@home', messageId: 'identify', traits: { plan: 'pro' } },
  { type: 'track', userId: 'ann@home', messageId: 'good', event: 'Good', timestamp: '2026-01-15T10:00:00Z' },
  { type: 'track', userId: 'ann@home', messageId: 'bad', event: 'Bad', timestamp: '2026-01-15T10:00:01Z' },
];

describe('the story of an event', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start();
    // Once not available; then one event is refused, whatever it is sent with.
    pair.sandbox.addFault({ status: 503, times: 1 });
    pair.sandbox.addFault({ match: { event: 'Bad' }, status: 400, body: { error: 'no such event' }, times: 100 });
    expect((await pair.post('/webhooks/segment', EVENTS)).status).toBe(200);
    await pair.settled(EVENTS.length);
  });

  afterAll(async () => {
    await pair.stop();
  });

  async function tell(messageId: string): Promise<EventStory> {
    const [event] = await pair.admin.events({ messageId });
    return pair.admin.event(event?.id ?? 0);
  }
  const upsert = (status: number, events: number) => {
    const times = { at: expect.any(String), milliseconds: expect.any(Number) };
    return { kind: 'request', method: 'POST', path: '/v2/users', status, failure: null, events, ...times };
  };
  const at = expect.any(String) as string;
  const waited = expect.objectContaining({ kind: 'waited', reason: 'server_error', attempt: 1 }) as object;

  it('tells of one that waited, shared a request that was refused, and was delivered', async () => {
    const { event, story } = await tell('identify');
    expect(event.state).toBe('delivered');
    expect(story.slice(0, 4)).toEqual([{ at, kind: 'accepted' }, upsert(503, 3), waited, upsert(400, 3)]);
    expect(story.slice(-2)).toEqual([
      upsert(202, expect.any(Number) as number),
      { at, kind: 'settled', state: 'delivered', reason: null, message: null },
    ]);
    expect(story.map((entry) => entry.at)).toEqual(story.map((entry) => entry.at).sort());
  });

  it('tells of one that was refused, in the end alone', async () => {
    const { story } = await tell('bad');
    expect(story.slice(0, 4)).toEqual([{ at, kind: 'accepted' }, upsert(503, 3), waited, upsert(400, 3)]);
    expect(story.slice(-2)).toEqual([
      upsert(400, 1),
      { at, kind: 'settled', state: 'rejected', reason: 'refused', message: 'no such event' },
    ]);
  });

  it('comes with the event, and with what it becomes alone', async () => {
    const { body, part } = await tell('good');
    expect(body).toMatchObject(EVENTS[1] ?? {});
    expect(part).toEqual({
      outcome: 'delivered',
      reason: null,
      message: null,
      warnings: [],
      requests: [
        {
          method: 'POST',
          path: '/v2/users',
          body: { userId: 'ann@home', events: [{ event: 'Good', timestamp: Date.parse('2026-01-15T10:00:00Z') }] },
        },
      ],
    });
  });

  it('names the user in no request', async () => {
    expect((await pair.post('/v1/track', { userId: 'stranger@home', messageId: 'lookup', event: 'X' })).status).toBe(
      200,
    );
    const story = await until('the look-up', async () => {
      const told = (await tell('lookup')).story;
      return told.some(({ kind }) => kind === 'waited') ? told : undefined;
    });
    expect(story).toEqual([
      { at, kind: 'accepted' },
      { ...upsert(404, 1), method: 'GET', path: '/v2/users/{userId}' },
      expect.objectContaining({ kind: 'waited', reason: 'unknown_user', dueAt: at }),
    ]);
    const { lanes } = await pair.admin.lanePage({ userId: 'stranger@home' });
    expect(lanes).toEqual([
      expect.objectContaining({ userId: 'stranger@home', pending: 1, waitsFor: 'identify', dueAt: at, oldestAt: at }),
    ]);
  });

  it('goes on after a replay', async () => {
    pair.sandbox.clear();
    const [event] = await pair.admin.events({ messageId: 'bad' });
    expect(await pair.admin.replay({ id: event?.id ?? 0 })).toBe(1);
    const story = await until('the event to be delivered', async () => {
      const told = await tell('bad');
      return told.event.state === 'delivered' ? told.story : undefined;
    });
    const kinds = story.map(({ kind }) => kind);
    expect(kinds.slice(kinds.indexOf('settled'))).toEqual(['settled', 'replayed', 'request', 'settled']);
  });

  it('ends with the user: nothing of the event is left in it', async () => {
    expect(await pair.admin.erase({ userId: 'ann@home' })).toBe(EVENTS.length);
    const told = await tell('good');
    expect(told).toMatchObject({ body: null, part: null, event: { state: 'delivered', userId: null } });
    expect(told.story.map(({ kind }) => kind)).toContain('request');
  });
});
