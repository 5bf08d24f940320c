import type { Fault } from '@segment-userleap/userleap-sandbox';
import { gapsByUser } from '../src/gaps-by-user';
import { Gate } from '../src/gate';
import { ORDER, orderOf } from '../src/lane-events';
import { playOutage } from '../src/play-outage';
import type { Outage } from '../src/play-outage';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { sideBySide } from '../src/side-by-side';
import { API_KEYS } from '../src/tested-destination';

const ALWAYS = 1_000_000;
const ASKED_MS = 2_000;
const ASKING = 'answers 503 with Retry-After';
const NO_HTTP = 'answers in no HTTP';

/** How UserLeap fails, and what the relay calls it. */
const OUTAGES: readonly (readonly [name: string, reason: string, fault: Fault | 'of the gate'])[] = [
  ['answers 500', 'server_error', { status: 500 }],
  ['answers 502', 'server_error', { status: 502, body: '<html>Bad Gateway</html>' }],
  ['answers 503', 'server_error', { status: 503 }],
  [ASKING, 'server_error', { status: 503, headers: { 'retry-after': String(ASKED_MS / 1_000) } }],
  ['never answers', 'timeout', { hang: true }],
  ['resets the connection', 'network_failure', { reset: 'before' }],
  [NO_HTTP, 'network_failure', 'of the gate'],
];
const NAMES = OUTAGES.map(([name]) => name);

describe('events for a UserLeap that', () => {
  let group: RelayOnSandboxes;
  let gate: Gate;
  let outageOf: (name: string) => Promise<Outage>;

  beforeAll(async () => {
    const plans = NAMES.filter((name) => name !== NO_HTTP).map((name) => ({ name }));
    group = await RelayOnSandboxes.start([
      ...plans,
      {
        name: NO_HTTP,
        async endpoint(sandbox) {
          gate = await Gate.before(sandbox, (socket) => socket.end('I speak no HTTP\r\n\r\n'));
          return `http://${gate.address}`;
        },
      },
    ]);
    for (const [name, , fault] of OUTAGES) {
      if (fault !== 'of the gate') group.of(name).sandbox.addFault({ ...fault, times: ALWAYS });
    }
    outageOf = sideBySide(NAMES, (name) =>
      playOutage(group.of(name), () => (name === NO_HTTP ? gate.open() : group.of(name).sandbox.clear())),
    );
  });

  afterAll(async () => {
    await group.stop();
    await gate.close();
  });

  describe.each(OUTAGES)('%s', (name, reason) => {
    it(`wait, and say why: ${reason}`, async () => {
      const { during } = await outageOf(name);
      expect(during.events.filter(({ state }) => state !== 'pending')).toEqual([]);
      const tried = during.events.filter(({ attempts }) => attempts > 0);
      // All lanes, or some of them several times: as quick as the store is.
      expect(tried.length).toBeGreaterThan(0);
      for (const { reason: given, history, attempts } of tried) {
        expect(given).toBe(reason);
        expect(history).toEqual([expect.objectContaining({ reason, times: attempts })]);
      }
    });

    it('pause the destination, which resumes by itself', async () => {
      const { during, after } = await outageOf(name);
      const { length } = during.events;
      expect(during.destination).toMatchObject({ state: 'paused', reason, pending: length });
      expect(Date.parse(during.destination.nextProbeAt ?? '')).toBeGreaterThan(
        Date.parse(during.destination.pausedAt ?? ''),
      );
      expect(after.destination).toMatchObject({ state: 'delivering', reason: null, pausedAt: null, pending: 0 });
    });

    it('arrive in order once it has recovered, and keep their history', async () => {
      const { after } = await outageOf(name);
      expect(orderOf(after.requests)).toEqual(ORDER);
      for (const { state, reason: left, history, attempts } of after.events) {
        expect([state, left]).toEqual(['delivered', null]);
        expect(history.filter((entry) => entry.reason !== reason)).toEqual([]);
        expect(history.reduce((sum, { times }) => sum + times, 0)).toBe(attempts - 1);
      }
    });
  });

  it('asks them to come back later are not sent before that time', async () => {
    const { during, after } = await outageOf(ASKING);
    const gaps = gapsByUser([...during.requests, ...after.requests]);
    expect(gaps.length).toBeGreaterThan(0);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(ASKED_MS);
  });

  it('fails bring neither a key nor anything of themselves into the log', async () => {
    await Promise.all(NAMES.map(outageOf));
    expect(group.output()).toContain('is paused');
    for (const secret of [API_KEYS, 'write-key-of-', 'ann', 'Second']) expect(group.output()).not.toContain(secret);
  });
});
