import type { Fault } from '@segment-userleap/userleap-sandbox';
import { FIRST, LATER, ORDER, orderOf } from '../src/lane-events';
import { OtherHost } from '../src/other-host';
import { playOutage } from '../src/play-outage';
import type { Outage } from '../src/play-outage';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { sideBySide } from '../src/side-by-side';
import { API_KEYS } from '../src/tested-destination';
import { until } from '@segment-userleap/relay-driver';

const ALWAYS = 1_000_000;

/** Answers that say that the key or the address is wrong. Every one of them points to another host. */
const CASES: readonly (readonly [status: number, reason: string])[] = [
  [401, 'unauthorized'],
  [403, 'unauthorized'],
  [404, 'wrong_endpoint'],
  [405, 'wrong_endpoint'],
  [301, 'unexpected_redirect'],
  [302, 'unexpected_redirect'],
  [307, 'unexpected_redirect'],
  [308, 'unexpected_redirect'],
];
const NAMES = CASES.map(([status]) => String(status));
const REDIRECTED_CALLS: readonly (readonly [call: string, path: string, event: object])[] = [
  ['look-up', '/v2/users/cat', { type: 'track', userId: 'cat', event: 'First' }],
  ['purge', '/v2/purge/visitors', { type: 'delete', userId: 'cat' }],
];

describe('a destination whose settings are wrong', () => {
  let group: RelayOnSandboxes;
  let otherHost: OtherHost;
  let outageOf: (name: string) => Promise<Outage>;

  beforeAll(async () => {
    otherHost = await OtherHost.start();
    group = await RelayOnSandboxes.start(
      [...NAMES, ...REDIRECTED_CALLS.map(([call]) => call)].map((name) => ({ name })),
    );
    for (const [status] of CASES) group.of(String(status)).sandbox.addFault(faultOf(status, '/v2/users'));
    outageOf = sideBySide(NAMES, (name) => playOutage(group.of(name), () => group.of(name).sandbox.clear()));
  });

  afterAll(async () => {
    await group.stop();
    await otherHost.close();
  });

  function faultOf(status: number, path: string): Fault {
    return { status, headers: { location: `${otherHost.url}${path}` }, body: { error: 'no' }, times: ALWAYS };
  }

  describe.each(CASES)('by an answer %i', (status, reason) => {
    it(`is paused, and keeps everything: ${reason}`, async () => {
      const { during } = await outageOf(String(status));
      const { length } = [...FIRST, ...LATER];
      expect(during.destination).toMatchObject({ state: 'paused', reason, pending: length });
      expect(during.events.map(({ state }) => state)).toEqual(Array(length).fill('pending'));
      expect(during.events[0]).toMatchObject({ reason, history: [{ reason }] });
    });

    it('resumes by itself, and everything arrives in order', async () => {
      const { after } = await outageOf(String(status));
      expect(after.destination).toMatchObject({ state: 'delivering', reason: null, pending: 0 });
      expect(after.events.map(({ state }) => state)).toEqual(after.events.map(() => 'delivered'));
      expect(orderOf(after.requests)).toEqual(ORDER);
    });
  });

  it.each(REDIRECTED_CALLS)('is one whose %s is redirected', async (call, path, event) => {
    const destination = group.of(call);
    destination.sandbox.addFault(faultOf(302, path));
    await destination.accept([event]);
    expect(await destination.paused()).toMatchObject({ reason: 'unexpected_redirect', pending: 1 });
    // The pause is known before the turn is settled.
    const tried = await until('the first attempt to be kept', async () => {
      const [first] = await destination.events();
      return first && first.attempts > 0 ? first : undefined;
    });
    expect(tried).toMatchObject({ state: 'pending', reason: 'unexpected_redirect' });
  });

  it('sends nothing to the host that it was pointed to, and its key nowhere else', async () => {
    await Promise.all(NAMES.map(outageOf));
    expect(otherHost.calls).toEqual({ connections: 0, requests: [] });
    for (const name of NAMES) {
      // The sandbox numbers the keys that it sees.
      expect(
        new Set(
          group
            .of(name)
            .requests()
            .map(({ environment }) => environment),
        ),
      ).toEqual(new Set([1]));
    }
    for (const secret of [API_KEYS, otherHost.url, 'ann']) expect(group.output()).not.toContain(secret);
  });
});
