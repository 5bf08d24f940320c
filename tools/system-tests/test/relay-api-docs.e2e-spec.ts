import type { Browser } from 'playwright-core';
import { join } from 'node:path';
import { ADMIN_TOKEN, API_KEY, RelayOnSandbox, withTemporaryFolder, WRITE_KEY } from '@segment-userleap/relay-driver';
import { DescribedApi } from '../src/described-api';
import type { ApiDescription } from '../src/described-api';
import { call } from '../src/doors/call';
import { describeInChromium } from '../src/sdks/describe-in-chromium';
import { servedCalls } from '../src/served-calls';
import { launchChromium } from '../src/sdks/launch-chromium';

let pair: RelayOnSandbox;

beforeAll(async () => {
  pair = await RelayOnSandbox.start();
});

afterAll(async () => {
  await pair.stop();
});

describe('the description of the API', () => {
  const read = async (): Promise<ApiDescription> =>
    (await call(pair.relay, '/docs/json', { method: 'GET' })).body as ApiDescription;

  it('holds every address that programs call, and no other', async () => {
    const described = new DescribedApi(await read()).calls;
    const served = await withTemporaryFolder((folder) =>
      servedCalls({ ...pair.env, DATABASE_URL: `sqlite:${join(folder, 'relay.db')}` }),
    );
    expect([...described].sort()).toEqual([...served].sort());
  });

  it('says of each call what it does, and what it asks for', async () => {
    for (const [path, calls] of Object.entries((await read()).paths)) {
      for (const { summary, security = [] } of Object.values(calls)) {
        expect(summary).toMatch(/^[A-Z]/);
        const names = security.flatMap((one) => Object.keys(one));
        if (path.startsWith('/api/') && path !== '/api/session') expect(names).toEqual(['adminToken', 'session']);
        if (path.startsWith('/v1/')) expect(names).toEqual(['writeKey']);
        if (path.startsWith('/webhooks/')) expect(names).toEqual(['writeKey', 'signature']);
      }
    }
  });

  it('has the version of the relay', async () => {
    const about = await call(pair.relay, '/api/about', {
      method: 'GET',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    expect((await read()).info.version).toBe((about.body as { version: string }).version);
  });

  it('holds no secret, no name of a destination and no other host', async () => {
    const text = JSON.stringify(await read());
    for (const secret of [ADMIN_TOKEN, WRITE_KEY, API_KEY, pair.sandbox.url]) expect(text).not.toContain(secret);
    for (const path of ['/docs', '/docs/page.js']) {
      expect(await (await fetch(`${pair.relay.url}${path}`)).text()).not.toMatch(/https?:|\/\/\w/);
    }
    expect(text).not.toMatch(/https?:/);
  });
});

describeInChromium('the page of the API', (path) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium(path);
  });

  afterAll(async () => {
    await browser.close();
  });

  it.each(['light', 'dark'] as const)('is %s where the browser is', async (colorScheme) => {
    const page = await browser.newPage({ colorScheme });
    await page.goto(`${pair.relay.url}/docs`);
    await page.locator('.opblock-summary').first().waitFor();
    const background = await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    // Nothing of its own where it is light.
    expect(background).toEqual(colorScheme === 'dark' ? expect.stringMatching(/^rgb\(\d\d, /) : 'rgba(0, 0, 0, 0)');
    await page.close();
  });

  it('shows the calls under its policy, and asks nobody else', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    const hosts = new Set<string>();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => hosts.add(new URL(request.url()).origin));
    await page.goto(`${pair.relay.url}/docs`);
    await page.locator('.opblock-summary', { hasText: '/api/preview' }).click();
    await page.locator('.opblock-body .responses-wrapper').waitFor();
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([pair.relay.url]);
  });
});
