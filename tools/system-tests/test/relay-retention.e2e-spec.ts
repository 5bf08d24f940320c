import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';

const OLD = 'laura.before@example.com';
const NEW = 'laura.after@example.com';
const BAD = { type: 'track', userId: 'laura', event: ' ', properties: { email: OLD } };

describe('what the relay keeps', () => {
  let pair: RelayOnSandbox;

  afterEach(async () => {
    await pair.stop();
  });

  const batch = async (events: readonly object[]): Promise<void> => {
    expect((await pair.post('/v1/batch', { batch: events })).status).toBe(200);
  };

  it('are delivered events no longer than it is set to, dead letters longer', async () => {
    // Else the repetition would be known for what UserLeap was told.
    const env = { RELAY_RETENTION: '1s', RELAY_DEDUPLICATION_WINDOW: '1s', RELAY_UNCHANGED_WINDOW: '0' };
    pair = await RelayOnSandbox.start({}, env);
    const event = { type: 'identify', userId: 'laura', traits: { email: OLD }, messageId: 'm1' };
    await batch([event, { ...BAD, messageId: 'm2' }]);
    await until('the delivered event to be gone', async () => {
      const ids = (await pair.events()).map(({ messageId }) => messageId);
      return ids.length === 1 && ids[0] === 'm2' ? true : undefined;
    });
    await batch([event]);
    await until('the repetition, which nobody remembers', () =>
      pair.sandbox.requests().length === 2 ? true : undefined,
    );
  });

  it('is of a delivered event no more than its id, where only repetitions have to be told', async () => {
    pair = await RelayOnSandbox.start({}, { RELAY_RETENTION: '1s' });
    const event = { type: 'identify', userId: 'laura', traits: { email: OLD }, messageId: 'm1' };
    await batch([event]);
    await until('the event to be emptied', async () => {
      const [kept] = await pair.events();
      return kept?.state === 'delivered' && kept.userId === null ? true : undefined;
    });
    await batch([event]);
    expect(await pair.relay.end('SIGTERM')).toBe(0);
    expect(pair.sandbox.requests()).toHaveLength(1);
    expect(await Promise.all(['m1', OLD].map((text) => pair.store.holds(text)))).toEqual([true, false]);
  });

  it('is of a deleted user nothing, once UserLeap has taken the purge; what came later stays', async () => {
    pair = await RelayOnSandbox.start();
    await batch([
      { type: 'identify', userId: 'laura', traits: { email: OLD } },
      { type: 'identify', userId: 'peter', traits: { email: 'peter@example.com' } },
      BAD,
      { type: 'alias', userId: 'laura-2', previousId: 'laura' },
    ]);
    await pair.settled(4);
    pair.sandbox.addFault({ match: { path: '/v2/users' }, status: 503, times: 1_000_000 });
    await batch([
      { type: 'delete', userId: 'laura' },
      { type: 'identify', userId: 'laura', traits: { email: NEW } },
    ]);
    await until('the purge', async () => (await pair.admin.events({ type: 'delete', state: 'delivered' }))[0]);
    expect(await pair.relay.end('SIGTERM')).toBe(0);
    const found = await Promise.all([OLD, NEW, 'peter@example.com'].map((text) => pair.store.holds(text)));
    expect(found).toEqual([false, true, true]);

    pair.sandbox.clear();
    await pair.startRelay();
    await pair.settled(6);
    expect(pair.sandbox.users()).toMatchObject([{ externalUserId: 'laura', emailAddress: NEW }]);
  });
});
