import type { Browser } from 'playwright-core';
import { describeInChromium } from '../src/sdks/describe-in-chromium';
import { launchChromium } from '../src/sdks/launch-chromium';
import { PageServer } from '../src/sdks/page-server';
import { SdkRelay } from '../src/sdks/sdk-relay';
import { ENDS_OF_SIX_CALLS, endsOf, eventNames, eventsOfLaura, USERS_OF_SIX_CALLS } from '../src/sdks/six-calls';
import { Visitor } from '../src/sdks/visitor';
import type { Delivery } from '../src/sdks/visitor';
import { until, WRITE_KEY } from '@segment-userleap/relay-driver';

const STANDARD: Delivery = { strategy: 'standard', config: {} };
const BATCHING: Delivery = { strategy: 'batching', config: { size: 10, timeout: 500 } };
const SHORT_PATHS = ['a', 'g', 'i', 'p', 's', 't'].map((path) => `/v1/${path} 200`);

describeInChromium('the Segment SDK for browsers, on a page of another origin', (path) => {
  let browser: Browser;
  let site: PageServer;
  let relay: SdkRelay;
  let visitor: Visitor;

  beforeAll(async () => {
    [browser, site] = await Promise.all([launchChromium(path), PageServer.start()]);
    relay = await SdkRelay.start({ RELAY_CORS_ORIGINS: site.url });
  });

  afterAll(async () => {
    await browser.close();
    await site.close();
    await relay.remove();
  });

  beforeEach(async () => {
    await relay.begin();
    visitor = await Visitor.of(browser);
  });

  afterEach(async () => {
    await visitor.leave();
  });

  async function makeSixCalls(): Promise<void> {
    await visitor.run(async (analytics) => {
      await analytics.identify('laura', { firstName: 'Laura', lastName: 'Gibbon' });
      await analytics.track('Clicked Button', { price: 3 });
      await analytics.page('Pricing');
      await analytics.screen('Home');
      await analytics.group('g1', { plan: 'pro' });
      // While somebody is identified, the SDK sends their id in place of the new one of an alias.
      await analytics.reset();
      await analytics.alias('gibbon', 'laura');
    });
  }

  it('sends all six kinds of calls, each in a request of its own', async () => {
    await visitor.open(site.url, relay.url, STANDARD);
    await makeSixCalls();
    expect(endsOf(await relay.settled(6))).toEqual(ENDS_OF_SIX_CALLS);
    expect(relay.users()).toEqual(USERS_OF_SIX_CALLS);
    await expectAnswers(SHORT_PATHS);
    expect(visitor.errors).toEqual([]);
  });

  it('sends all six kinds of calls in one batch', async () => {
    await visitor.open(site.url, relay.url, BATCHING);
    await makeSixCalls();
    expect(endsOf(await relay.settled(6))).toEqual(ENDS_OF_SIX_CALLS);
    expect(relay.users()).toEqual(USERS_OF_SIX_CALLS);
    await expectAnswers(['/v1/b 200']);
    expect(visitor.errors).toEqual([]);
  });

  it('sends its batch when the page is left', async () => {
    await visitor.open(site.url, relay.url, { strategy: 'batching', config: { size: 100, timeout: 3_600_000 } });
    await makeSixCalls();
    expect(await relay.events()).toEqual([]);
    await visitor.page.goto('about:blank');
    expect(endsOf(await relay.settled(6))).toEqual(ENDS_OF_SIX_CALLS);
  });

  it('sends what is called before Identify as of a user without a name, which UserLeap has no place for', async () => {
    await visitor.open(site.url, relay.url, STANDARD);
    await visitor.run(async (analytics) => {
      await analytics.page();
      await analytics.track('Clicked Button');
      await analytics.identify('laura');
    });
    expect(endsOf(await relay.settled(3))).toEqual([
      ['identify', 'delivered', null],
      ['page', 'unsupported', 'anonymous_user'],
      ['track', 'unsupported', 'anonymous_user'],
    ]);
    expect(visitor.errors).toEqual([]);
  });

  it('gets nothing through from an origin that is not listed', async () => {
    await visitor.open(site.otherUrl, relay.url, STANDARD);
    await visitor.page.evaluate(`void analytics.identify('laura')`);
    await until('the refusal', () => visitor.errors.find((error) => error.includes('blocked by CORS policy')));
    expect(visitor.answers).toEqual([]);
    expect(await relay.events()).toEqual([]);
  });

  it.each([STANDARD, BATCHING])('loses nothing over a restart of the relay, delivery: $strategy', async (delivery) => {
    await visitor.open(site.url, relay.url, delivery);
    await visitor.run((analytics) =>
      Promise.all([analytics.identify('laura'), ...[0, 1, 2, 3, 4].map((n) => analytics.track(`Event ${n}`))]),
    );
    await relay.settled(6);
    await relay.stop();

    await visitor.run((analytics) =>
      Promise.all(Array.from({ length: 15 }, (_, at) => analytics.track(`Event ${5 + at}`))),
    );
    await failedAttempt();
    await relay.startAgain();
    await visitor.run((analytics) =>
      Promise.all(Array.from({ length: 5 }, (_, at) => analytics.track(`Event ${20 + at}`))),
    );
    await relay.settled(26);
    expect(eventsOfLaura(relay)).toEqual(eventNames(24));
  });

  it('loses nothing when the page is left while the relay is down', async () => {
    await visitor.open(site.url, relay.url, STANDARD);
    await visitor.run((analytics) => analytics.identify('laura'));
    await relay.stop();
    await visitor.run((analytics) => Promise.all(Array.from({ length: 5 }, (_, at) => analytics.track(`Event ${at}`))));
    await failedAttempt();
    await visitor.page.goto('about:blank');
    await relay.startAgain();
    await visitor.open(site.url, relay.url, STANDARD);
    await relay.settled(6);
    expect(eventsOfLaura(relay)).toEqual(eventNames(4));
  });

  async function expectAnswers(expected: readonly string[]): Promise<void> {
    const answers = [`/v1/projects/${WRITE_KEY}/settings 200`, ...expected].sort();
    await until('the answers', () => visitor.answers.length >= answers.length || undefined);
    expect([...visitor.answers].sort()).toEqual(answers);
  }

  function failedAttempt(): Promise<unknown> {
    return until('a failed attempt', () => visitor.errors.find((error) => error.includes('ERR_CONNECTION_REFUSED')));
  }
});
