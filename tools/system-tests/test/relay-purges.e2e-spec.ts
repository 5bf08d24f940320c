import { until } from '@segment-userleap/relay-driver';
import { readinessOf } from '../src/readiness';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import type { TestedDestination } from '../src/tested-destination';

const NAMES = ['may not erase', 'has nobody', 'wrong address'];
const PURGE = { method: 'POST', path: '/v2/purge/visitors' };
const ALWAYS = 1_000_000;
const WRITTEN_AT = '2026-01-15T10:00:00.000Z';
const KNOWN = { type: 'identify', userId: 'ann', traits: { step: 1 }, timestamp: WRITTEN_AT };
const DELETE = { type: 'delete', userId: 'ann', timestamp: WRITTEN_AT };

describe('a purge', () => {
  let group: RelayOnSandboxes;

  beforeAll(async () => {
    group = await RelayOnSandboxes.start(NAMES.map((name) => ({ name })));
  });

  afterAll(async () => {
    await group.stop();
  });

  const waitingDelete = (destination: TestedDestination) =>
    until('the Delete to have been tried', async () => {
      const [first] = await destination.events({ type: 'delete', state: 'pending' });
      return first?.reason ? first : undefined;
    });

  it('that the key may not make keeps Deletes waiting, and nobody else', async () => {
    const destination = group.of('may not erase');
    await destination.accept([KNOWN]);
    await destination.settled(1);
    destination.sandbox.addFault({ match: PURGE, status: 403, times: ALWAYS });
    await destination.accept([DELETE, { ...KNOWN, traits: { step: 2 } }, { ...KNOWN, userId: 'bob' }]);
    expect(await waitingDelete(destination)).toMatchObject({ reason: 'purge_not_allowed' });
    const states = await until('the other user to be delivered', async () => {
      const all = (await destination.events()).map(({ state }) => state);
      return all.at(-1) === 'delivered' ? all : undefined;
    });
    expect(states).toEqual(['delivered', 'pending', 'pending', 'delivered']);
    expect(await destination.record()).toMatchObject({ state: 'delivering', reason: null, pending: 2 });
    expect(await readinessOf(group.relay)).toMatchObject({
      code: 200,
      status: 'degraded',
      reasons: [expect.stringMatching(/^destination may-not-erase: 1 Deletes wait \(purge_not_allowed\): apiKey: /)],
    });

    destination.sandbox.clear();
    await destination.settled(4);
    const [user] = destination.sandbox.users().filter(({ externalUserId }) => externalUserId === 'ann');
    expect(user?.attributes).toEqual({ step: 2 });
    expect(await readinessOf(group.relay)).toMatchObject({ status: 'ok' });
  });

  it('of a user that UserLeap does not have is done, and the relay erases what it holds of the user', async () => {
    const destination = group.of('has nobody');
    await destination.accept([KNOWN]);
    await destination.settled(1);
    destination.sandbox.clear();
    await destination.accept([DELETE]);
    const [, done] = await destination.settled(2);
    expect(done).toMatchObject({ state: 'delivered', userId: null });
    expect((await destination.events({ userId: 'ann' })).length).toBe(0);
    expect(destination.requests()).toMatchObject([{ ...PURGE, status: 400 }]);
  });

  it('that is answered 404 where nothing was taken before waits until something is', async () => {
    const destination = group.of('wrong address');
    destination.sandbox.addFault({ match: PURGE, status: 404, times: ALWAYS });
    await destination.accept([DELETE]);
    expect(await waitingDelete(destination)).toMatchObject({ reason: 'wrong_endpoint' });
    await destination.accept([{ ...KNOWN, userId: 'bob' }]);
    expect((await destination.settled(2)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });
});
