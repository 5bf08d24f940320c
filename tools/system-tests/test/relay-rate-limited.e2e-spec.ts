import type { Fault } from '@segment-userleap/userleap-sandbox';
import { FIRST, LATER, ORDER, orderOf } from '../src/lane-events';
import { takeSnapshot } from '../src/play-outage';
import type { Snapshot } from '../src/play-outage';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { sideBySide } from '../src/side-by-side';
import type { TestedDestination } from '../src/tested-destination';
import { until } from '@segment-userleap/relay-driver';
import type { DestinationRecord } from '@segment-userleap/relay-driver';

/** What comes with the 429, and for how many milliseconds at least nothing more may be sent. */
const CASES: readonly (readonly [name: string, headers: Fault['headers'], leastMs: number])[] = [
  ['with Retry-After', { 'retry-after': '3' }, 3_000],
  ['with ratelimit-reset', { 'ratelimit-reset': '3' }, 3_000],
  ['with neither', {}, 500],
];
const NAMES = CASES.map(([name]) => name);

interface RateLimited {
  /** As the relay told of the destination then. */
  readonly blocked: DestinationRecord;
  readonly after: Snapshot;
}

describe('an answer 429', () => {
  let group: RelayOnSandboxes;
  let playOf: (name: string) => Promise<RateLimited>;

  beforeAll(async () => {
    group = await RelayOnSandboxes.start(NAMES.map((name) => ({ name })));
    for (const [name, headers = {}] of CASES) group.of(name).sandbox.addFault({ status: 429, headers });
    playOf = sideBySide(NAMES, (name) => playRateLimit(group.of(name)));
  });

  afterAll(async () => {
    await group.stop();
  });

  describe.each(CASES)('%s', (name, _, leastMs) => {
    it('keeps every lane of the destination from being sent, which is not paused', async () => {
      const { blocked, after } = await playOf(name);
      const [limited, next] = after.requests;
      expect(blocked).toMatchObject({ state: 'delivering', reason: null, pending: 2 });
      // Of any user. By UserLeap's clock alone: that of a database may be some milliseconds off.
      const waitedMs = Date.parse(next?.receivedAt ?? '') - Date.parse(limited?.receivedAt ?? '');
      expect(waitedMs).toBeGreaterThanOrEqual(leastMs);
    });

    it('costs one attempt of the lane that got it, and none of the others', async () => {
      const { after } = await playOf(name);
      const limited = [expect.objectContaining({ reason: 'rate_limited', times: 1 })];
      for (const { type, userId, attempts, history } of after.events.slice(0, FIRST.length)) {
        expect([type, attempts, history]).toEqual(userId === 'ann' ? [type, 2, limited] : [type, 1, []]);
      }
    });

    it('is the only one: everything arrives in order, each user in one request more', async () => {
      const { after } = await playOf(name);
      expect(after.requests.filter(({ status }) => status !== 202)).toHaveLength(1);
      expect(after.requests).toHaveLength(1 + ORDER.users);
      expect(orderOf(after.requests)).toEqual(ORDER);
      expect(after.destination).toMatchObject({ state: 'delivering', pending: 0, budget: { blockedUntil: null } });
    });
  });
});

/** One lane finds the limit out; the others come then. */
async function playRateLimit(destination: TestedDestination): Promise<RateLimited> {
  await destination.accept(FIRST.slice(0, 2));
  const blocked = await until(`${destination.name} to be blocked`, async () => {
    const record = await destination.record();
    return record.budget.blockedUntil === null ? undefined : record;
  });
  await destination.accept([...FIRST.slice(2), ...LATER]);
  await destination.settled(FIRST.length + LATER.length);
  return { blocked, after: await takeSnapshot(destination) };
}
