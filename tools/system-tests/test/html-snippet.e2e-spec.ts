import { min } from '@segment/snippet';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';
import { describeInChromium } from '../src/sdks/describe-in-chromium';
import { launchChromium } from '../src/sdks/launch-chromium';
import { endsOf } from '../src/sdks/six-calls';
import { PageSender } from '../src/senders/page-sender';
import { Site } from '../src/senders/site';
import { codeFor, HOST, readScriptOfHtml } from '../src/senders/snippets';
import { TlsFront } from '../src/senders/tls-front';

const SDK = readFileSync(require.resolve('@segment/analytics-next/dist/umd/standalone.js'), 'utf8');
const ADDRESS = '"https://cdn.segment.com/analytics.js/v1/" + key + "/analytics.min.js"';

describeInChromium('Segment’s HTML snippet with the changes that docs/senders.md names', (path) => {
  let browser: Browser;
  let group: RelayOnSandboxes;
  let front: TlsFront;
  let site: Site;

  beforeAll(async () => {
    group = await RelayOnSandboxes.start([{ name: 'page' }]);
    front = await TlsFront.start(() => Number(new URL(group.relay.url).port));
    browser = await launchChromium(path, [`--host-resolver-rules=MAP ${HOST} 127.0.0.1:${front.port}`]);
    const { writeKey } = group.of('page');
    const snippet = min({ apiKey: writeKey });
    expect(snippet).toContain(ADDRESS);
    const code = `${codeFor({ code: readScriptOfHtml() }, `https://${HOST}`, writeKey)}${snippet.replace(ADDRESS, '"/analytics.min.js"')}`;
    site = await Site.start({ page: code }, { 'analytics.min.js': SDK });
  });

  afterAll(async () => {
    await browser.close();
    await site.close();
    await front.close();
    await group.stop();
  });

  it('asks the relay for its settings, and sends it every call', async () => {
    const sender = await PageSender.open(browser, site.page('page'));
    await sender.run(`identify('ann', { email: 'ann@example.com' })`, `track('Clicked')`);
    expect(endsOf(await group.of('page').settled(3))).toEqual([
      ['identify', 'delivered', null],
      // The snippet tells of the page by itself, before anybody is known.
      ['page', 'unsupported', 'anonymous_user'],
      ['track', 'delivered', null],
    ]);
    expect(group.of('page').sandbox.users()).toEqual([
      expect.objectContaining({ externalUserId: 'ann', emailAddress: 'ann@example.com' }),
    ]);
    expect(sender.errors).toEqual([]);
    await sender.leave();
  });
});
