import type { Browser, BrowserContext, Page } from 'playwright-core';

// On a busy machine.
const READY_WITHIN_MS = 120_000;

// An SDK that does not wait any longer for an answer ends its call: on a busy machine that is no error.
const GIVEN_UP = 'net::ERR_ABORTED';
// RudderStack's gives its set-up 10 s, and without it sends nothing until the page is loaded anew.
const SET_UP_WITHIN_MS = 15_000;
const LOADS = 8;

/** A browser's window with a page that has an SDK. */
export class PageSender {
  /** Errors of scripts, and requests that failed or were refused. */
  readonly errors: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText;
      if (why !== GIVEN_UP) this.errors.push(`${request.url()} ${why}`);
    });
    page.on(
      'response',
      (answer) => void (answer.status() >= 400 && this.errors.push(`${answer.url()} ${answer.status()}`)),
    );
  }

  /** Opens the page; resolves when its SDK is ready. */
  static async open(browser: Browser, url: string): Promise<PageSender> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    context.setDefaultTimeout(READY_WITHIN_MS);
    const sender = new PageSender(context, await context.newPage());
    await sender.load(url, LOADS);
    return sender;
  }

  private async load(url: string, loads: number): Promise<void> {
    await this.page.goto(url);
    await this.page.evaluate('void analytics.ready(() => (globalThis.isReady = true))');
    try {
      await this.page.waitForFunction('globalThis.isReady', null, { timeout: SET_UP_WITHIN_MS });
    } catch (error) {
      if (loads === 1) throw error;
      await this.load(url, loads - 1);
    }
  }

  /** Makes calls, as a script writes them, each when the one before has begun. What the SDK promises of them is not waited for. */
  async run(...calls: readonly string[]): Promise<void> {
    for (const call of calls) await this.page.evaluate(`void analytics.${call}`);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
