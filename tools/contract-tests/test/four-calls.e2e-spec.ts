import { Analytics } from '@segment/analytics-node';
import { WarmFunction } from '../src/play-on-function';
import type { PlayedOnFunction } from '../src/play-on-function';
import { startScriptedSandbox } from '../src/scripted-sandbox';
import { RelayOnSandbox, WRITE_KEY } from '@segment-userleap/relay-driver';

const AT = '2026-01-15T10:00:00.000Z';
const URL = 'https://shop.example/pricing';

// The calls of UserLeap's Segment documentation, as Segment events.
const EVENTS = [
  { type: 'identify', userId: 'userId123', traits: { firstName: 'Laura', lastName: 'Gibbon' }, timestamp: AT },
  { type: 'track', userId: 'userId123', event: 'Clicked Button', timestamp: AT },
  { type: 'page', userId: 'userId123', properties: { url: URL }, timestamp: AT },
  { type: 'alias', userId: 'newUserId', previousId: 'userId123', timestamp: AT },
];

const CARRIED = {
  attributes: { firstName: 'Laura', lastName: 'Gibbon' },
  events: [expect.objectContaining({ event: 'Clicked Button' }), expect.objectContaining({ event: 'pageview' })],
};

/** The Alias comes when UserLeap shows what it was told before, and the Function has forgotten that it told it. */
async function playWithAPause(): Promise<readonly PlayedOnFunction[]> {
  const sandbox = await startScriptedSandbox({ now: new Date().toISOString(), replies: [] });
  try {
    const form = { file: 'userleap.min.js', loader: 'wrapper', eventRealm: 'inside', calls: 'single' } as const;
    const warm = new WarmFunction(form);
    const play = (events: readonly unknown[]) => warm.play({ now: AT, settings: {}, events, replies: [] }, sandbox);
    return [await play(EVENTS.slice(0, 3)), await play(EVENTS.slice(3))];
  } finally {
    await sandbox.close();
  }
}

describe('the four calls of the documentation', () => {
  let pair: RelayOnSandbox;

  beforeEach(async () => {
    pair = await RelayOnSandbox.start();
  });

  afterEach(async () => {
    await pair.stop();
  });

  function expectBothUsers(): void {
    expect(pair.sandbox.users()).toEqual([
      expect.objectContaining({ externalUserId: 'userId123', ...CARRIED }),
      expect.objectContaining({ externalUserId: 'newUserId', ...CARRIED }),
    ]);
  }

  it('arrive from plain HTTP, with the bytes that the pasted file sends', async () => {
    for (const [index, { type, ...call }] of EVENTS.entries()) {
      const response = await pair.post(`/v1/${type}`, call);
      expect([response.status, await response.json()]).toEqual([200, { success: true }]);
      await pair.settled(index + 1);
    }
    expectBothUsers();
    const viaRelay = pair.sandbox.requests().map(({ method, path, bodyText }) => ({ method, path, bodyText }));
    const viaFunction = await playWithAPause();
    expect(viaFunction.map(({ verdicts }) => verdicts.map(({ verdict }) => verdict))).toEqual([
      ['delivered', 'delivered', 'delivered'],
      ['delivered'],
    ]);
    const sentByFunction = viaFunction.flatMap(({ requests }) => requests);
    expect(viaRelay).toHaveLength(6);
    expect(sentByFunction.map(({ method, path, bodyText }) => ({ method, path, bodyText }))).toEqual(viaRelay);
  });

  it('arrive from the Segment SDK for Node', async () => {
    const analytics = new Analytics({ writeKey: WRITE_KEY, host: pair.relay.url, flushAt: 1 });
    const errors: unknown[] = [];
    analytics.on('error', (error) => errors.push(error));
    const timestamp = new Date(AT);
    analytics.identify({ userId: 'userId123', traits: { firstName: 'Laura', lastName: 'Gibbon' }, timestamp });
    await pair.settled(1);
    analytics.track({ userId: 'userId123', event: 'Clicked Button', timestamp });
    // The SDK sends each in a call of its own, and the relay corrects each one's time: by some milliseconds more or less.
    const later = new Date(Date.parse(AT) + 60_000);
    analytics.page({ userId: 'userId123', properties: { url: URL }, timestamp: later });
    await pair.settled(3);
    analytics.alias({ userId: 'newUserId', previousId: 'userId123', timestamp });
    await analytics.closeAndFlush();
    await pair.settled(4);
    expect(errors).toEqual([]);
    expectBothUsers();
  });
});
