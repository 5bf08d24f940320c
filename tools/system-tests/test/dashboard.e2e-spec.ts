import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Operator } from '../src/dashboard/operator';
import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';
import { describeInChromium } from '../src/sdks/describe-in-chromium';
import { launchChromium } from '../src/sdks/launch-chromium';

const BUNDLE = join(__dirname, '../../../dist/segment-function/userleap.js');
const ANN = { type: 'identify', userId: 'ann', traits: { email: 'ann@example.com', plan: 'pro' } };
const REFUSED = { status: 422, body: { error: 'attributes.plan: no such plan' } };

// Each test goes on from where the one before it ended, as a person would.
describeInChromium('the dashboard', (path) => {
  let browser: Browser;
  let pair: RelayOnSandbox;
  let operator: Operator;

  beforeAll(async () => {
    browser = await launchChromium(path);
    pair = await RelayOnSandbox.start({}, { USERLEAP_DENY_EVENTS: '["Scrolled"]', USERLEAP_MONTHLY_USERS: '1000' });
    operator = await Operator.at(browser, pair.relay.url);
  });

  afterAll(async () => {
    await browser.close();
    await pair.stop();
  });

  afterEach(() => {
    expect(operator.complaints).toEqual([]);
    expect([...operator.hosts]).toEqual([pair.relay.url]);
  });

  it('lets nobody in with a wrong token', async () => {
    await operator.open();
    await operator.isAt('Sign in');
    await operator.signIn('not-the-token-at-all');
    await operator.page.getByRole('alert').waitFor();
    await operator.isAt('Sign in');
    expect(await operator.barriers()).toEqual([]);
  });

  it('lets the bearer of the token in, and says how to send a first event', async () => {
    await operator.signIn();
    await operator.isAt('Overview');
    const command = await operator.page.getByRole('region', { name: 'Command that sends an event' }).innerText();
    expect(command).toContain(`curl ${pair.relay.url}/v1/identify`);
    expect(await operator.barriers()).toEqual([]);
  });

  it('shows events as they come', async () => {
    await operator.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Events' }).click();
    await operator.isAt('Events');
    expect((await pair.post('/webhooks/segment', ANN)).status).toBe(200);
    await row(/identify.*ann.*delivered/).waitFor();
  });

  it('tells of a refused event why, and delivers it after the cause is mended', async () => {
    pair.sandbox.addFault({ ...REFUSED, match: { userId: 'bert' }, times: 1 });
    await pair.post('/webhooks/segment', { ...ANN, userId: 'bert' });
    await pair.settled(2);
    await operator.page.getByLabel('Search', { exact: true }).fill('bert');
    await operator.page.getByRole('button', { name: 'Search' }).click();
    await row(/identify.*bert.*rejected.*refused/)
      .getByRole('link', { name: /identify/ })
      .click();
    await operator.isAt(/^Event \d+$/);
    const story = operator.page.getByRole('region', { name: 'Story' });
    for (const step of ['Accepted', 'Request', 'Rejected']) await story.getByText(step, { exact: true }).waitFor();
    expect(await story.innerText()).toContain('no such plan');

    await open('Dead letters');
    await operator.page.getByRole('button', { name: 'Replay all…', exact: true }).click();
    const dialog = operator.page.getByRole('dialog', { name: 'Replay dead letters?' });
    await dialog.getByRole('button', { name: 'Replay 1 event' }).click();
    await dialog.getByText('1 event replayed.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await operator.page.getByText('No dead letters', { exact: true }).waitFor();
    expect((await pair.settled(2)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  it('pauses a destination, and resumes it', async () => {
    await open('Overview');
    await operator.page.getByRole('button', { name: 'Pause… default' }).click();
    const question = operator.page.getByRole('dialog', { name: 'Pause default?' });
    await question.getByRole('button', { name: 'Pause', exact: true }).click();
    await question.getByRole('button', { name: 'Close' }).click();
    await operator.page.getByRole('button', { name: 'Resume default' }).waitFor();
    const before = pair.sandbox.requests().length;
    await pair.post('/webhooks/segment', { ...ANN, userId: 'carl' });
    await operator.page.getByRole('link', { name: '1', exact: true }).first().waitFor();
    await operator.page.getByRole('img', { name: 'Events waiting in the last hour, 1 at most.' }).waitFor();
    expect(await pair.admin.destination()).toMatchObject({ state: 'paused', pausedBy: 'person', pending: 1 });
    expect(pair.sandbox.requests()).toHaveLength(before);
    await operator.page.getByRole('button', { name: 'Resume default' }).click();
    await pair.settled(3);
    expect(pair.sandbox.requests()).toHaveLength(before + 1);
  });

  it('shows in the playground what the relay then sends', async () => {
    await open('Playground');
    const event = { ...ANN, userId: 'dora', timestamp: '2026-01-15T10:00:00.000Z' };
    await operator.page.getByLabel('Segment event (JSON)').fill(JSON.stringify(event));
    const region = operator.page.getByRole('region', { name: 'Body of POST /v2/users' });
    await region.getByText('dora').waitFor();
    const shown = JSON.parse(await region.innerText()) as unknown;
    await pair.post('/webhooks/segment', event);
    await pair.settled(4);
    expect(pair.sandbox.requests().at(-1)?.body).toEqual(shown);
  });

  it('lists names of events to be set up, and marks them, by keyboard alone', async () => {
    const events = ['Opened', 'Scrolled'].map((event) => ({ type: 'track', userId: 'ann', event }));
    await pair.post('/webhooks/segment', events);
    await pair.settled(6);
    await open('Event names');
    const opened = row(/Opened/);
    await opened.getByText('new', { exact: true }).waitFor();
    await opened.getByRole('button', { name: 'Mark as set up Opened' }).press('Enter');
    await opened.getByText('set up', { exact: true }).waitFor();
    expect(await operator.page.evaluate('document.activeElement.textContent')).toBe('Undo mark Opened');
    expect(await pair.admin.eventNames()).toMatchObject({ setUp: 1, new: 0 });
    await row(/Scrolled.*in denyEvents/).waitFor();

    await opened.getByRole('button', { name: 'Leave out… Opened' }).press('Enter');
    const dialog = operator.page.getByRole('dialog', { name: 'Leave a name out' });
    const line = await dialog.getByRole('region', { name: 'denyEvents as a variable' }).innerText();
    expect(line).toBe(`USERLEAP_DENY_EVENTS='["Scrolled","Opened"]'`);
    expect(await operator.barriers()).toEqual([]);
    await operator.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  it('shows what a month costs, and who is sampled', async () => {
    await open('Overview');
    await operator.page.getByText('Tracked users this month').waitFor();
    await open('Usage');
    const users = operator.page.getByText('Tracked users of 1,000').locator('..');
    expect(await users.innerText()).toMatch(/\n4$/);
    await operator.page.getByRole('img', { name: 'Tracked users so far, day by day: 4 of 1,000.' }).waitFor();
    await row(/Opened.*1/)
      .getByRole('button', { name: 'Leave out… Opened' })
      .click();
    await operator.page.getByRole('region', { name: 'denyEvents in the file of RELAY_DESTINATIONS' }).waitFor();
    expect(await operator.barriers()).toEqual([]);
    await operator.page.keyboard.press('Escape');
    await operator.page.getByLabel('Is this user in?').fill('ann');
    await operator.page.getByText(/^In: this user is in from [\d.]+ % on\.$/).waitFor();
  });

  it('finds an event by its name, by the keyboard alone, and sends it again', async () => {
    const paid = { type: 'track', event: 'Order Paid', userId: 'ann', messageId: 'paid' };
    await pair.post('/webhooks/segment', paid);
    await pair.settled(7);
    await open('Events');
    await operator.page.getByLabel('Search', { exact: true }).focus();
    await operator.page.keyboard.type('order p');
    await operator.page.keyboard.press('Enter');
    await row(/track Order Paid.*ann.*delivered/).waitFor();
    await operator.page.getByRole('checkbox', { name: 'Pick all rows' }).focus();
    await operator.page.keyboard.press('Space');
    await operator.page.getByRole('button', { name: 'Replay…' }).focus();
    await operator.page.keyboard.press('Enter');
    const dialog = operator.page.getByRole('dialog', { name: 'Replay events?' });
    await dialog.getByRole('button', { name: 'Replay 1 event' }).focus();
    await operator.page.keyboard.press('Enter');
    await dialog.getByText('1 event replayed.').waitFor();
    await operator.page.keyboard.press('Escape');
    await pair.settled(7);
    expect(JSON.stringify(pair.sandbox.requests().slice(-1))).toContain('Order Paid');
  });

  it('puts dead letters away by their message', async () => {
    await pair.post('/webhooks/segment', [{ type: 'track', event: ' ', userId: 'ann' }]);
    await pair.settled(8);
    await open('Dead letters');
    await row(/expected an event name/)
      .getByRole('button', { name: /^Dismiss…/ })
      .click();
    const dialog = operator.page.getByRole('dialog', { name: 'Dismiss dead letters?' });
    await dialog.getByRole('button', { name: 'Dismiss 1 event' }).click();
    await dialog.getByText('1 event dismissed.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await operator.page.getByText('No dead letters', { exact: true }).waitFor();
  });

  it('shows longer times', async () => {
    await open('Overview');
    await operator.page.getByRole('button', { name: '7 days' }).click();
    await operator.page
      .getByRole('img', { name: /^Events per 2 hours in the last 7 days. In all 8 accepted/ })
      .waitFor();
  });

  it('copies the Function, byte for byte', async () => {
    await open('Function');
    await operator.page.getByRole('button', { name: 'Copy the code' }).click();
    const copied = await until('the code in the clipboard', async () => {
      const text = (await operator.page.evaluate('navigator.clipboard.readText()')) as string;
      return text === '' ? undefined : text;
    });
    expect(copied).toBe(readFileSync(BUNDLE, 'utf8'));
  });

  it('shows what others wrote as text', async () => {
    const markup = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
    await pair.post('/webhooks/segment', { type: 'track', userId: markup, event: markup, messageId: markup });
    await open('Events');
    await row(/onerror/)
      .getByRole('link', { name: /^track/ })
      .click();
    await operator.isAt(/^Event \d+: <img/);
    expect(await operator.page.locator('main img, main script').count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('keeps nobody out and stays within a phone’s width, %s', async (colorScheme) => {
    await operator.page.emulateMedia({ colorScheme });
    await operator.page.setViewportSize({ width: 360, height: 740 });
    for (const hash of [
      'overview',
      'events',
      'events/1',
      'waiting',
      'dead-letters',
      'event-names',
      'usage',
      'playground',
      'function',
    ]) {
      await operator.open(`#/${hash}`);
      await operator.page.getByRole('heading', { level: 1 }).waitFor();
      expect([hash, await operator.barriers(), await operator.overflow()]).toEqual([hash, [], 0]);
    }
    await operator.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('signs out', async () => {
    await operator.page.getByRole('button', { name: 'Sign out' }).click();
    await operator.isAt('Sign in');
    await operator.open('#/events');
    await operator.isAt('Sign in');
  });

  async function open(name: string): Promise<void> {
    await operator.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
    await operator.isAt(name);
  }

  function row(text: RegExp) {
    return operator.page.getByRole('row', { name: text });
  }
});
