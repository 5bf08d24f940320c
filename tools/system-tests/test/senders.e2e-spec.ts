import type { Browser } from 'playwright-core';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { describeInChromium } from '../src/sdks/describe-in-chromium';
import { launchChromium } from '../src/sdks/launch-chromium';
import { endsOf } from '../src/sdks/six-calls';
import { PageSender } from '../src/senders/page-sender';
import { flush, serverSdk } from '../src/senders/server-sdk';
import { Site } from '../src/senders/site';
import { codeFor, HOST, readSnippets } from '../src/senders/snippets';
import type { Snippet } from '../src/senders/snippets';
import { TlsFront } from '../src/senders/tls-front';
import { sideBySide } from '../src/side-by-side';
import type { TestedDestination } from '../src/tested-destination';

const SNIPPETS = readSnippets();
const IN_BROWSERS = SNIPPETS.filter(({ runsIn }) => runsIn === 'browser');
const ON_SERVERS = SNIPPETS.filter(({ runsIn }) => runsIn === 'node');
// These take ids as text only, and say so.
const TEXT_IDS = ['@segment/analytics-node', '@customerio/cdp-analytics-node'];

const TRAITS = `{ email: 'ann@example.com', plan: { tier: 'pro' }, since: new Date(0), nothing: null, zero: 0, no: false }`;
const KNOWN = {
  emailAddress: 'ann@example.com',
  attributes: { 'plan.tier': 'pro', since: '1970-01-01T00:00:00.000Z', zero: 0, no: false },
};
const IDENTIFY = ['identify', 'delivered', null];
const TRACK = ['track', 'delivered', null];
const PAGE = ['page', 'delivered', null];
const SCREEN = ['screen', 'unsupported', 'unsupported_type'];
const GROUP = ['group', 'unsupported', 'unsupported_type'];
const ANONYMOUS = ['track', 'unsupported', 'anonymous_user'];
const ALIAS = ['alias', 'delivered', null];

/** What came of a sender's calls. */
interface Arrived {
  readonly ends: unknown;
  readonly users: unknown;
  readonly errors: readonly string[];
}

describe('the snippets of docs/senders.md', () => {
  it('are of the versions that are installed', () => {
    for (const { name, version } of [...ON_SERVERS, ...IN_BROWSERS])
      expect([name, version]).toEqual([name, installedVersion(name)]);
    expect([ON_SERVERS.length, IN_BROWSERS.length]).toEqual([6, 8]);
  });
});

describe('an SDK on a server, set up as the docs say', () => {
  let group: RelayOnSandboxes;
  let sentBy: (name: string) => Promise<Arrived>;

  beforeAll(async () => {
    group = await RelayOnSandboxes.start(ON_SERVERS.map((snippet) => ({ name: nameOf(snippet) })));
    sentBy = sideBySide(namesOf(ON_SERVERS), (name) => send(snippetOf(name)));
  });

  afterAll(async () => {
    await group.stop();
  });

  it.each(namesOf(ON_SERVERS))('%s sends every kind of call, and each has its end', async (name) => {
    expect(await sentBy(name)).toEqual({
      ends: [ALIAS, GROUP, IDENTIFY, PAGE, SCREEN, TRACK, ANONYMOUS],
      users: usersWith(['Clicked', 'pageview']),
      errors: [],
    });
  });

  async function send(snippet: Snippet): Promise<Arrived> {
    const destination = group.of(nameOf(snippet));
    const errors: string[] = [];
    const start = () => serverSdk(codeFor(snippet, group.relay.url, destination.writeKey));
    const onDone = (error?: unknown): void => void (error instanceof Error && errors.push(error.message));
    const idOf = (id: number) => (TEXT_IDS.includes(snippet.name) ? String(id) : id);
    const userId = idOf(4200);
    const sdk = start();

    sdk.identify({ userId, traits: new Function(`return ${TRAITS}`)() as object }, onDone);
    sdk.track({ userId, event: 'Clicked', properties: { price: 3 } }, onDone);
    sdk.page({ userId, properties: { url: 'https://shop.example/' } }, onDone);
    sdk.screen({ userId, name: 'Home' }, onDone);
    sdk.group({ userId, groupId: 'g1' }, onDone);
    sdk.track({ anonymousId: 'nobody', event: 'Looked' }, onDone);
    flush(sdk);
    await destination.settled(6);
    const later = start();
    later.alias({ userId: idOf(4201), previousId: userId }, onDone);
    flush(later);
    return arrived(destination, 7, errors);
  }
});

describeInChromium('an SDK in a browser, set up as the docs say', (path) => {
  let browser: Browser;
  let group: RelayOnSandboxes;
  let front: TlsFront;
  let site: Site;
  let sentBy: (name: string) => Promise<Arrived>;

  beforeAll(async () => {
    group = await RelayOnSandboxes.start([...IN_BROWSERS.map((one) => ({ name: nameOf(one) })), { name: 'beacon' }]);
    front = await TlsFront.start(() => Number(new URL(group.relay.url).port));
    browser = await launchChromium(path, [`--host-resolver-rules=MAP ${HOST} 127.0.0.1:${front.port}`]);
    site = await Site.start({
      ...Object.fromEntries(IN_BROWSERS.map((one) => [nameOf(one), codeOf(one, nameOf(one))])),
      beacon: codeOf(snippetOf('rudderstack-analytics-js'), 'beacon').replace(
        '{ configUrl',
        '{ useBeacon: true, configUrl',
      ),
    });
    sentBy = sideBySide(namesOf(IN_BROWSERS), send);
  });

  afterAll(async () => {
    await browser.close();
    await site.close();
    await front.close();
    await group.stop();
  });

  it.each(namesOf(IN_BROWSERS))('%s sends every kind of call, and each has its end', async (name) => {
    const { ends, ...others } = await sentBy(name);
    const screen = hasScreen(name) ? [SCREEN] : [];
    expect(ends).toEqual([ALIAS, GROUP, IDENTIFY, PAGE, ...screen, TRACK, ANONYMOUS]);
    expect(others).toEqual({ users: usersWith(['Clicked', 'pageview']), errors: [] });
  });

  it('sends what is left in a beacon as people leave its page', async () => {
    const sender = await PageSender.open(browser, site.page('beacon'));
    await sender.run(`identify(4200, ${TRAITS})`, `track('Left')`);
    // What a page hears when they go to another one.
    await sender.page.evaluate(`void window.dispatchEvent(new Event('blur'))`);
    expect(endsOf(await group.of('beacon').settled(2))).toEqual([IDENTIFY, TRACK]);
    expect(sender.errors).toEqual([]);
    await sender.leave();
  });

  function codeOf(snippet: Snippet, name: string): string {
    return codeFor(snippet, `https://${HOST}`, group.of(name).writeKey);
  }

  async function send(name: string): Promise<Arrived> {
    const destination = group.of(name);
    const sender = await PageSender.open(browser, site.page(name));
    const screen = hasScreen(name) ? [`screen('Home')`] : [];
    await sender.run(`identify(4200, ${TRAITS})`, `track('Clicked', { price: 3 })`, 'page()', `group('')`, ...screen);
    await destination.settled(4 + screen.length);
    await sender.run('reset()', `track('Looked')`, `alias('4201', '4200')`);
    const came = await arrived(destination, 6 + screen.length, sender.errors);
    await sender.leave();
    return came;
  }
});

async function arrived(destination: TestedDestination, count: number, errors: readonly string[]): Promise<Arrived> {
  const ends = endsOf(await destination.settled(count));
  const users = destination.sandbox.users().map(({ events, ...user }) => ({
    ...user,
    events: events.map(({ event }) => event).sort(),
  }));
  return { ends, users, errors };
}

function usersWith(events: readonly string[]): unknown {
  return ['4200', '4201'].map((externalUserId) => expect.objectContaining({ externalUserId, ...KNOWN, events }));
}

/** RudderStack's and the classic one have no such call; June's takes it and sends nothing. */
function hasScreen(name: string): boolean {
  return !/rudder|core|june/.test(name);
}

/** As a destination may be named. */
function nameOf({ name }: Snippet): string {
  return name.replace('@', '').replaceAll(/[/.]/g, '-');
}

function namesOf(snippets: readonly Snippet[]): readonly string[] {
  return snippets.map(nameOf);
}

function snippetOf(name: string): Snippet {
  return SNIPPETS.find((snippet) => nameOf(snippet) === name) as Snippet;
}

function installedVersion(name: string): string {
  // Not every package lets its description be loaded.
  return (jest.requireActual('../../../package.json') as { devDependencies: Record<string, string> }).devDependencies[
    name
  ] as string;
}
