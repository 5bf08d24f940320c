import { readinessOf } from '../src/readiness';
import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';

const ALWAYS = 1_000_000;

describe('a person', () => {
  let pair: RelayOnSandbox;

  beforeEach(async () => {
    pair = await RelayOnSandbox.start();
  });

  afterEach(async () => {
    await pair.stop();
  });

  async function accept(...userIds: readonly string[]): Promise<void> {
    const events = userIds.map((userId) => ({ type: 'identify', userId, traits: { email: `${userId}@example.com` } }));
    expect((await pair.post('/webhooks/segment', events)).status).toBe(200);
  }
  const usersOf = () => pair.sandbox.users().map(({ externalUserId }) => externalUserId);
  const pending = async () => (await pair.admin.destination()).pending;

  it('pauses a destination until it is resumed, also over a restart', async () => {
    const paused = { state: 'paused', pausedBy: 'person', reason: null, nextProbeAt: null };
    expect(await pair.admin.pause()).toMatchObject({ ...paused, pausedAt: expect.any(String), pending: 0 });
    await accept('ann', 'bob');
    const { pausedAt } = await pair.admin.destination();
    expect(await pair.relay.end('SIGTERM')).toBe(0);
    await pair.startRelay();
    expect(await pair.admin.destination()).toMatchObject({ ...paused, pausedAt, pending: 2 });
    await accept('cat');
    const { lanes } = await pair.admin.lanePage();
    expect(lanes).toMatchObject([{ userId: 'ann' }, { userId: 'bob' }, { userId: 'cat', waitsFor: 'pause' }]);
    expect(pair.sandbox.requests()).toEqual([]);
    expect(await readinessOf(pair.relay)).toMatchObject({ reasons: ['destination default is paused by hand'] });

    expect(await pair.admin.resume()).toMatchObject({ state: 'delivering', pausedBy: null, pausedAt: null });
    await pair.settled(3);
    expect(usersOf()).toEqual(['ann', 'bob', 'cat']);
  });

  it('replays into a paused destination, which is probed at once', async () => {
    await accept('ann');
    await pair.settled(1);
    pair.sandbox.addFault({ match: { path: '/v2/users' }, status: 400, times: 1 });
    await accept('bob');
    await until('the dead letter', async () => (await pair.admin.events({ state: 'rejected' }))[0]);
    pair.sandbox.addFault({ status: 401, times: ALWAYS });
    await accept('cat');
    const probe = await until('a probe that is far off', async () => {
      const { nextProbeAt } = await pair.admin.destination();
      return Date.parse(nextProbeAt ?? '') > Date.now() + 1_200 ? Date.parse(nextProbeAt ?? '') : undefined;
    });
    pair.sandbox.clear();
    expect(await pair.admin.replay({ all: true })).toBe(1);
    await until('the replayed event to be delivered', () => (usersOf().includes('bob') ? true : undefined));
    expect(Date.now()).toBeLessThan(probe);
  });

  it('erases a user: nothing of it is on any disk, and nothing of it is sent', async () => {
    await accept('ann-7f3a', 'bob');
    await pair.settled(2);
    await pair.admin.pause();
    await accept('ann-7f3a');
    const invalid = { type: 'track', userId: 'ann-7f3a', event: 5 };
    expect((await pair.post('/v1/batch', { batch: [invalid] })).status).toBe(200);
    expect(await pair.store.holds('ann-7f3a')).toBe(true);

    expect(await pair.admin.erase({ userId: 'ann-7f3a' })).toBe(3);
    expect(await pair.store.holds('ann-7f3a')).toBe(false);
    expect(await pair.store.holds('bob@example.com')).toBe(true);
    expect(await pending()).toBe(0);
    const states = (await pair.events()).map(({ userId, state, reason }) => [userId, state, reason]);
    expect(states).toEqual([
      [null, 'rejected', 'invalid_event'],
      [null, 'filtered', 'user_deleted'],
      ['bob', 'delivered', null],
      [null, 'delivered', null],
    ]);
    await pair.admin.resume();
    expect(pair.sandbox.requests()).toHaveLength(2);
    expect(await pair.admin.erase({ userId: 'ann-7f3a' })).toBe(0);
  });
});
