import { refusal } from '../src/doors/refusal';
import type { EventRecord } from '@segment-userleap/relay-driver';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { until } from '@segment-userleap/relay-driver';

const ALWAYS = 1_000_000;
// Fewer than the failures in a row that hold back the rest: each of them is tried.
const BROKEN = Array.from({ length: 4 }, (_, at) => ({ type: 'identify', userId: `u${at}`, traits: { plan: 'pro' } }));
const UNKNOWN = { type: 'track', userId: 'stranger', event: 'Clicked' };
const POISON = [
  { type: 'identify', userId: 'ann', traits: { plan: 'pro' } },
  ...Array.from({ length: 29 }, (_, at) => ({
    type: 'track',
    userId: 'ann',
    event: at === 17 ? 'Bad' : `Event ${at}`,
    messageId: `m${at}`,
  })),
];

const HORIZON_SECONDS = 3;
const GIVEN_UP = new RegExp(`^given up after ${HORIZON_SECONDS} seconds; UserLeap could not take the request`);
// So slow that no second failure of one comes before the first of another.
const FAILURE = { match: { path: '/v2/users' }, status: 503, delayMs: 1000, times: ALWAYS };

// Each test goes on from where the one before it ended.
describe('what cannot be delivered', () => {
  let group: RelayOnSandboxes;

  beforeAll(async () => {
    const plans = ['broken', 'locked', 'poisoned', 'strange'].map((name) => ({ name }));
    group = await RelayOnSandboxes.start(plans, { RELAY_RETRY_HORIZON: `${HORIZON_SECONDS}s` });
    group.of('broken').sandbox.addFault(FAILURE);
    group.of('locked').sandbox.addFault({ status: 401, times: ALWAYS });
    const bad = { status: 400, body: { error: 'events[17].event: no such event' } };
    group.of('poisoned').sandbox.addFault({ ...bad, match: { event: 'Bad' }, times: ALWAYS });
  });

  afterAll(async () => {
    await group.stop();
  });

  it('for as long as the horizon becomes a dead letter that holds its history', async () => {
    await Promise.all([
      group.of('broken').accept(BROKEN),
      group.of('locked').accept(BROKEN),
      group.of('strange').accept([UNKNOWN]),
    ]);
    const broken = await group.of('broken').settled(BROKEN.length);
    expect(broken.map(({ state }) => state)).toEqual(BROKEN.map(() => 'rejected'));
    for (const { reason, message, attempts, history } of broken) {
      expect(reason).toBe('server_error');
      expect(message).toMatch(GIVEN_UP);
      expect(attempts).toBeGreaterThan(0);
      expect(history).toEqual([expect.objectContaining({ reason: 'server_error', times: attempts })]);
    }
    expect((await group.of('broken').record()).pending).toBe(0);
    const [stranger] = await group.of('strange').settled(1);
    expect(stranger).toMatchObject({
      state: 'rejected',
      reason: 'unknown_user',
      history: [{ reason: 'unknown_user' }],
    });
  });

  it('because the settings are wrong is not given up', async () => {
    const events = await group.of('locked').events();
    expect(events.map(({ state }) => state)).toEqual(BROKEN.map(() => 'pending'));
  });

  it('because one event of thirty is refused is that event alone, and the destination goes on', async () => {
    const poisoned = group.of('poisoned');
    await poisoned.accept(POISON);
    const events = await poisoned.settled(POISON.length);
    expect(events.filter(({ state }) => state !== 'delivered')).toEqual([
      expect.objectContaining({
        messageId: 'm17',
        state: 'rejected',
        reason: 'refused',
        message: 'events[17].event: no such event',
      }),
    ]);
    expect(await poisoned.record()).toMatchObject({ state: 'delivering', reason: null, pending: 0 });
    expect(namesOf(poisoned.sandbox.users()[0])).toEqual(
      POISON.flatMap((one) => ('event' in one && one.event !== 'Bad' ? [one.event] : [])).sort(),
    );
    expect(poisoned.requests().length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(POISON.length)) + 1);
  });

  it('stays one when it is replayed too early, and keeps its history', async () => {
    const [letter] = await lettersOf('broken');
    expect(await replay({ id: letter?.id })).toEqual([200, { replayed: 1 }]);
    const again = await until('the dead letter to be one again', async () =>
      (await lettersOf('broken')).find(({ id, settledAt }) => id === letter?.id && settledAt !== letter?.settledAt),
    );
    expect(again.message).toContain(`given up after ${HORIZON_SECONDS} seconds`);
    expect(again.history[0]).toEqual({ ...letter?.history[0], times: expect.any(Number), lastAt: expect.any(String) });
    expect(again.history.reduce((sum, { times }) => sum + times, 0)).toBe(again.attempts);
  });

  it('is delivered when it is replayed after the failure: one by its id', async () => {
    group.of('broken').sandbox.clear();
    const [letter] = await lettersOf('broken');
    expect(await replay({ id: letter?.id })).toEqual([200, { replayed: 1 }]);
    await until('the event to be delivered', async () =>
      (await group.of('broken').events({ state: 'delivered' })).some(({ id }) => id === letter?.id) ? true : undefined,
    );
    expect(
      group
        .of('broken')
        .sandbox.users()
        .map(({ externalUserId }) => externalUserId),
    ).toEqual([letter?.userId]);
  });

  it('is delivered when it is replayed after the failure: those of a destination with a reason', async () => {
    expect(await replay({ destination: 'broken', reason: 'server_error' })).toEqual([
      200,
      { replayed: BROKEN.length - 1 },
    ]);
    await until('the events to be delivered', async () =>
      (await group.of('broken').events({ state: 'delivered' })).length === BROKEN.length ? true : undefined,
    );
    expect(await lettersOf('broken')).toEqual([]);
    expect((await lettersOf('strange')).map(({ reason }) => reason)).toEqual(['unknown_user']);
    expect(await lettersOf('poisoned')).toHaveLength(1);
  });

  it('is delivered when it is replayed after the failure: all', async () => {
    group.of('poisoned').sandbox.clear();
    await group.of('poisoned').accept([{ type: 'identify', userId: 'ann', traits: {} }]);
    await group.of('poisoned').settled(POISON.length + 1);
    await group.of('strange').accept([{ type: 'identify', userId: 'stranger', traits: {} }]);
    expect(await replay({ all: true })).toEqual([200, { replayed: 2 }]);
    await group.of('strange').settled(2);
    await until('the refused event to be delivered', async () => {
      const names = namesOf(group.of('poisoned').sandbox.users()[0]);
      return names.includes('Bad') ? true : undefined;
    });
    await until('no dead letter to be left', async () =>
      (await group.admin.events({ state: 'rejected' })).length === 0 ? true : undefined,
    );
  });

  it.each([
    ['an empty filter', {}, 'all'],
    ['all that is not true', { all: false }, 'all'],
    ['all and a filter', { all: true, reason: 'refused' }, 'all'],
    ['an unknown field', { frobnicate: 'x' }, 'frobnicate'],
    ['an unknown field beside a known one', { reason: 'refused', user: 'x' }, 'user'],
    ['an id that is no number', { id: 'first' }, 'id'],
    ['a reason that is no text', { reason: 5 }, 'reason'],
    ['no object', [], 'body'],
  ])('is not replayed by %s; the answer names the field', async (_, filter, field) => {
    expect(await replay(filter)).toEqual([400, refusal(expect.stringMatching(new RegExp(`^${field}: `)))]);
  });

  it('is not replayed for somebody without the token', async () => {
    const response = await fetch(`${group.relay.url}/api/dead-letters/replay`, {
      method: 'POST',
      body: '{"all":true}',
    });
    expect(response.status).toBe(401);
  });

  async function replay(filter: unknown): Promise<readonly [number, unknown]> {
    const response = await group.admin.post('/api/dead-letters/replay', filter);
    return [response.status, await response.json()];
  }

  function lettersOf(name: string): Promise<readonly EventRecord[]> {
    return group.of(name).events({ state: 'rejected' });
  }
});

function namesOf(user: { readonly events: readonly { readonly event: string }[] } | undefined): readonly string[] {
  return (user?.events ?? []).map(({ event }) => event).sort();
}
