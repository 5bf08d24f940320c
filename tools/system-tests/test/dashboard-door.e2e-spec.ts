import { RelayOnSandbox } from '@segment-userleap/relay-driver';
import type { Browser } from 'playwright-core';
import { Operator } from '../src/dashboard/operator';
import { describeInChromium } from '../src/sdks/describe-in-chromium';
import { launchChromium } from '../src/sdks/launch-chromium';

describeInChromium('the dashboard’s door', (path) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium(path);
  });

  afterAll(async () => {
    await browser.close();
  });

  it('opens to a link with a code, once', async () => {
    const code = `${Math.floor(Date.now() / 1_000) + 300}.a-code-that-is-long-enough-to-be-one`;
    const pair = await RelayOnSandbox.start({}, { RELAY_LOGIN_CODE: code });
    const [first, second] = [await Operator.at(browser, pair.relay.url), await Operator.at(browser, pair.relay.url)];
    await first.open(`#login=${code}`);
    await first.isAt('Overview');
    expect(first.page.url()).not.toContain('login');
    await second.open(`#login=${code}`);
    await second.isAt('Sign in');
    await pair.stop();
  });

  it('opens below a path, and shows the relay’s name', async () => {
    const pair = await RelayOnSandbox.start({}, { RELAY_BASE_PATH: '/tools/relay', RELAY_NAME: 'staging' });
    const operator = await Operator.at(browser, `${pair.relay.url}/tools/relay`);
    await operator.open();
    await operator.signIn();
    await operator.isAt('Overview');
    await operator.page.getByText('staging', { exact: true }).waitFor();
    await operator.page.waitForFunction("document.title === 'Overview – staging'");
    await operator.page.getByText('on', { exact: true }).waitFor();
    await operator.page.goto(`${pair.relay.url}/tools/relay/docs`);
    await operator.page.getByText('What became of every event').first().waitFor();
    expect(operator.complaints).toEqual([]);
    await pair.stop();
  });

  it('is closed where there is no token', async () => {
    const pair = await RelayOnSandbox.start({}, { RELAY_ADMIN_TOKEN: '' });
    const operator = await Operator.at(browser, pair.relay.url);
    await operator.open();
    await operator.isAt('The dashboard is off');
    expect(operator.complaints).toEqual([]);
    await pair.stop();
  });
});
