import { Analytics } from '@segment/analytics-node';
import { until, WRITE_KEY } from '@segment-userleap/relay-driver';
import { SdkRelay } from '../src/sdks/sdk-relay';
import { makeSixCalls, trackEvents } from '../src/sdks/server-sdk';
import { ENDS_OF_SIX_CALLS, endsOf, eventNames, eventsOfLaura, USERS_OF_SIX_CALLS } from '../src/sdks/six-calls';

describe('the Segment SDK for Node, with nothing but its host changed', () => {
  let relay: SdkRelay;
  let analytics: Analytics;
  let errors: unknown[];
  let statuses: unknown[];
  let attempts: number;

  beforeAll(async () => {
    relay = await SdkRelay.start();
  });

  afterAll(async () => {
    await relay.remove();
  });

  beforeEach(async () => {
    await relay.begin();
    startSdk();
  });

  afterEach(async () => {
    await analytics.closeAndFlush({ timeout: 1 });
  });

  function startSdk(options: { flushAt?: number } = {}): void {
    errors = [];
    statuses = [];
    attempts = 0;
    analytics = new Analytics({ writeKey: WRITE_KEY, host: relay.url, ...options });
    analytics.on('error', (error) => errors.push(error));
    analytics.on('http_request', () => (attempts += 1));
    analytics.on('http_response', ({ status }) => statuses.push(status));
  }

  it('sends all six kinds of calls in one batch', async () => {
    const calls = makeSixCalls(analytics);
    await analytics.closeAndFlush();
    await calls;
    expect([errors, statuses]).toEqual([[], [200]]);
    expect(endsOf(await relay.settled(6))).toEqual(ENDS_OF_SIX_CALLS);
    expect(relay.users()).toEqual(USERS_OF_SIX_CALLS);
  });

  it('sends all six kinds of calls at once, each in a request of its own', async () => {
    startSdk({ flushAt: 1 });
    await makeSixCalls(analytics);
    expect([errors, statuses]).toEqual([[], Array(6).fill(200)]);
    expect(endsOf(await relay.settled(6))).toEqual(ENDS_OF_SIX_CALLS);
  });

  it('loses nothing over a restart of the relay', async () => {
    analytics.identify({ userId: 'laura', traits: { plan: 'pro' } });
    const before = trackEvents(analytics, 0, 9);
    await analytics.flush();
    await before;
    await relay.stop();

    const attemptsBefore = attempts;
    const during = trackEvents(analytics, 10, 29);
    const flushed = analytics.flush();
    await until('both batches to be tried', () => attempts >= attemptsBefore + 2 || undefined);
    await relay.startAgain();
    await Promise.all([during, flushed]);
    expect(attempts).toBeGreaterThan(attemptsBefore + 2);

    const after = trackEvents(analytics, 30, 34);
    await analytics.closeAndFlush();
    await after;
    expect(errors).toEqual([]);
    await relay.settled(36);
    expect(eventsOfLaura(relay)).toEqual(eventNames(34));
  });
});
