import Analytics from '@rudderstack/rudder-sdk-node';
import { until, WRITE_KEY } from '@segment-userleap/relay-driver';
import { HttpClientLog } from '../src/sdks/http-client-log';
import { SdkRelay } from '../src/sdks/sdk-relay';
import { makeSixCalls, trackEvents } from '../src/sdks/server-sdk';
import { ENDS_OF_SIX_CALLS, endsOf, eventNames, eventsOfLaura, USERS_OF_SIX_CALLS } from '../src/sdks/six-calls';

// The SDK adds its path by itself.
const BATCH = { method: 'POST', path: '/v1/batch' };

// What it sends compressed, it calls a form.
const MODES = [
  { gzip: true, headers: { contentType: 'application/x-www-form-urlencoded', contentEncoding: 'gzip' } },
  { gzip: false, headers: { contentType: 'application/json', contentEncoding: undefined } },
];

describe('the RudderStack SDK for Node with the relay as its data plane', () => {
  let relay: SdkRelay;
  let log: HttpClientLog;

  beforeAll(async () => {
    relay = await SdkRelay.start();
  });

  afterAll(async () => {
    await relay.remove();
  });

  beforeEach(async () => {
    await relay.begin();
    log = HttpClientLog.of(relay.url);
  });

  afterEach(() => {
    log.close();
  });

  it.each(MODES)('sends all six kinds of calls, gzip: $gzip', async ({ gzip, headers }) => {
    const analytics = new Analytics(WRITE_KEY, { dataPlaneUrl: relay.url, gzip });
    const calls = makeSixCalls(analytics);
    await analytics.flush();
    await calls;
    // The first call goes at once and alone.
    expect(log.requests).toEqual([
      { ...BATCH, ...headers },
      { ...BATCH, ...headers },
    ]);
    expect(endsOf(await relay.settled(6))).toEqual(ENDS_OF_SIX_CALLS);
    expect(relay.users()).toEqual(USERS_OF_SIX_CALLS);
  });

  it.each(MODES)('loses nothing over a restart of the relay, gzip: $gzip', async ({ gzip }) => {
    // By itself it gives up after three retries within two seconds, which a restart may take.
    const patience = { retryCount: 10, logLevel: 'none' };
    const analytics = new Analytics(WRITE_KEY, { dataPlaneUrl: relay.url, gzip, ...patience });
    analytics.identify({ userId: 'laura', traits: { plan: 'pro' } });
    const before = trackEvents(analytics, 0, 9);
    await analytics.flush();
    await before;
    await relay.stop();

    const madeBefore = log.requests.length;
    const during = trackEvents(analytics, 10, 29);
    await until('an attempt', () => log.requests.length > madeBefore || undefined);
    await relay.startAgain();
    await during;
    expect(log.requests.length).toBeGreaterThan(madeBefore + 1);

    const after = trackEvents(analytics, 30, 34);
    await analytics.flush();
    await after;
    await relay.settled(36);
    expect(eventsOfLaura(relay)).toEqual(eventNames(34));
  });
});
