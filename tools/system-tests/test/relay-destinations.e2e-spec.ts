import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import { FIRST, LATER, ORDER, orderOf } from '../src/lane-events';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { until } from '@segment-userleap/relay-driver';

const ALWAYS = 1_000_000;
const PER_SECOND = { requests: 6, windowMs: 1_000 };
const CALLERS = 10;
// So many wait for the limit for longer than the others take.
const LONG = 40;

describe('of two destinations, one that refuses the key', () => {
  let group: RelayOnSandboxes;

  beforeAll(async () => {
    group = await RelayOnSandboxes.start([{ name: 'locked' }, { name: 'healthy' }]);
    group.of('locked').sandbox.addFault({ status: 401, times: ALWAYS });
  });

  afterAll(async () => {
    await group.stop();
  });

  it('is paused and keeps everything, while the healthy one delivers', async () => {
    const [locked, healthy] = [group.of('locked'), group.of('healthy')];
    // One lane finds it out, so that all requests after it are probes.
    await locked.accept(FIRST.slice(0, 2));
    await locked.paused();
    await Promise.all([locked.accept([...FIRST.slice(2), ...LATER]), healthy.accept([...FIRST, ...LATER])]);
    const delivered = await healthy.settled(FIRST.length + LATER.length);
    expect(delivered.map(({ state, attempts }) => [state, attempts])).toEqual(delivered.map(() => ['delivered', 1]));
    expect(orderOf(healthy.requests())).toEqual(ORDER);
    expect(await healthy.record()).toMatchObject({ state: 'delivering', pending: 0 });
    expect(await locked.record()).toMatchObject({ state: 'paused', reason: 'unauthorized', pending: delivered.length });
  });

  it('is probed by one request at a time, ever more seldom', async () => {
    const locked = group.of('locked');
    const { pausedAt } = await locked.record();
    const probes = await until('two probes', () => {
      const later = locked.requests().filter(({ receivedAt }) => receivedAt > (pausedAt ?? ''));
      return later.length >= 2 ? later.map(({ receivedAt }) => Date.parse(receivedAt)) : undefined;
    });
    // Half of 1 and of 2 seconds is the least that chance makes of them.
    const gaps = probes.map((time, index) => time - (probes[index - 1] ?? Date.parse(pausedAt ?? '')));
    [500, 1_000].forEach((least, index) => expect(gaps[index]).toBeGreaterThanOrEqual(least));
  });

  it('gets everything in order once it takes the key again', async () => {
    const locked = group.of('locked');
    const count = (await locked.events()).length;
    locked.sandbox.clear();
    await locked.settled(count);
    expect(await locked.record()).toMatchObject({ state: 'delivering', reason: null, pending: 0 });
    expect(orderOf(locked.requests())).toEqual(ORDER);
  });

  it('opens only to its own write key', async () => {
    const [locked, healthy] = [group.of('locked'), group.of('healthy')];
    expect((await healthy.post(FIRST, locked.writeKey)).status).toBe(401);
    expect((await locked.post(FIRST, healthy.writeKey)).status).toBe(401);
  });
});

describe('the budget of a destination', () => {
  let group: RelayOnSandboxes;

  beforeAll(async () => {
    group = await RelayOnSandboxes.start([
      { name: 'alone', rateLimit: '30/1s', sandbox: { rateLimit: { requests: 30, windowMs: 1_000 } } },
      { name: 'first', rateLimit: '6/1s', sandbox: { rateLimit: PER_SECOND } },
      { name: 'second', rateLimit: '6/1s', sandboxOf: 'first', keyOf: 'first' },
      { name: 'other key', rateLimit: '6/1s', sandboxOf: 'first' },
    ]);
  });

  afterAll(async () => {
    await group.stop();
  });

  it('is its own', async () => {
    const budgets = await Promise.all(['alone', 'first'].map(async (name) => (await group.of(name).record()).budget));
    expect(budgets).toEqual([
      { requests: 30, windowSeconds: 1, used: 0, blockedUntil: null },
      { requests: 6, windowSeconds: 1, used: 0, blockedUntil: null },
    ]);
  });

  it('is shared with one that has the same key at the same address, and with no other', async () => {
    const names = ['first', 'second', 'other key'];
    await Promise.all(names.map((name) => group.of(name).accept(identifies(name))));
    await Promise.all(names.map((name) => group.of(name).settled(CALLERS)));
    const requests = group.of('first').requests();
    expect(requests.filter(({ status }) => status !== 202)).toEqual([]);
    expect(environmentsOf(requests, 'first')).toEqual(environmentsOf(requests, 'second'));
    expect(environmentsOf(requests, 'first')).not.toEqual(environmentsOf(requests, 'other key'));
  });

  it('is no limit to another', async () => {
    await Promise.all([
      group.of('first').accept(identifies('more', LONG)),
      group.of('alone').accept(identifies('alone')),
    ]);
    await group.of('alone').settled(CALLERS);
    expect((await group.of('first').record()).pending).toBeGreaterThan(0);
    expect(
      group
        .of('alone')
        .requests()
        .filter(({ status }) => status !== 202),
    ).toEqual([]);
  });
});

function identifies(prefix: string, length = CALLERS): readonly object[] {
  return Array.from({ length }, (_, at) => ({ type: 'identify', userId: `${prefix}-${at}`, traits: { at } }));
}

/** The numbers of the keys with which users of a prefix were sent. */
function environmentsOf(requests: readonly RecordedRequest[], prefix: string): readonly (number | null)[] {
  const own = requests.filter(({ bodyText }) => bodyText.includes(`"userId":"${prefix}-`));
  return [...new Set(own.map(({ environment }) => environment))];
}
