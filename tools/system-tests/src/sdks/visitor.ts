import type { AnalyticsBrowser, AnalyticsBrowserSettings, InitOptions } from '@segment/analytics-next';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { WRITE_KEY } from '@segment-userleap/relay-driver';

/** How the SDK delivers; see its documentation of `deliveryStrategy`. */
export type Delivery =
  | { strategy: 'standard'; config: object }
  | { strategy: 'batching'; config: { size: number; timeout: number } };

/** Somebody without a past on a page with Segment's SDK, and what the browser complained about. */
export class Visitor {
  /** Errors of the console, failed requests among them, and of scripts. */
  readonly errors: string[] = [];
  /** Path and status of each answer of the relay, of preflights none. */
  readonly answers: string[] = [];
  #relayOrigin = '';

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (line) => void (line.type() === 'error' && this.errors.push(line.text())));
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('response', (response) => {
      const { origin, pathname } = new URL(response.url());
      if (origin === this.#relayOrigin) this.answers.push(`${pathname} ${response.status()}`);
    });
  }

  static async of(browser: Browser): Promise<Visitor> {
    const context = await browser.newContext();
    return new Visitor(context, await context.newPage());
  }

  /** Opens the page and loads the SDK, told of the relay in the documented way and in no other (without TLS here). */
  async open(site: string, relay: string, deliveryStrategy: Delivery): Promise<void> {
    this.#relayOrigin = new URL(relay).origin;
    await this.page.goto(site);
    const settings: AnalyticsBrowserSettings = { writeKey: WRITE_KEY, cdnURL: relay };
    const options: InitOptions = {
      integrations: { 'Segment.io': { protocol: 'http', deliveryStrategy } },
    };
    const load = `segment.AnalyticsBrowser.load(${JSON.stringify(settings)}, ${JSON.stringify(options)})`;
    await this.page.evaluate(`globalThis.analytics = ${load}; undefined`);
  }

  /** Runs the script in the page: it sees nothing but its argument. Resolves and rejects with what the SDK promises. */
  async run(script: (analytics: AnalyticsBrowser) => Promise<unknown>): Promise<void> {
    await this.page.evaluate(`(${script.toString()})(analytics).then(() => undefined)`);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
