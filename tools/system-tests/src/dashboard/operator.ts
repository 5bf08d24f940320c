import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { ADMIN_TOKEN } from '@segment-userleap/relay-driver';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
// What else it found, in much larger lists, stays in the browser.
const FIND_BARRIERS = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ target }) => ({ target })) })))`;
// What the browser itself says of an answer that is no success, as for a wrong token.
const OF_THE_BROWSER = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** What axe found that keeps people out, by rule and place. */
interface Barrier {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: unknown }[];
}

/** A person at the dashboard, and what the browser complains of meanwhile. */
export class Operator {
  /** Errors of the page and of its policy. */
  readonly complaints: string[] = [];
  /** Whom the page asks. */
  readonly hosts = new Set<string>();

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly relayUrl: string,
  ) {
    page.on('console', (message) => {
      const isComplaint = message.type() === 'error' || message.type() === 'warning';
      if (isComplaint && !OF_THE_BROWSER.test(message.text())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('dialog', (dialog) => {
      this.complaints.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => this.hosts.add(new URL(request.url()).origin));
  }

  static async at(browser: Browser, relayUrl: string, options: BrowserContextOptions = {}): Promise<Operator> {
    const context = await browser.newContext({ ...options, permissions: ['clipboard-read', 'clipboard-write'] });
    return new Operator(context, await context.newPage(), relayUrl);
  }

  /** Opens a page of the dashboard: `#/events`. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(`${this.relayUrl}/${hash}`);
  }

  async signIn(token = ADMIN_TOKEN): Promise<void> {
    await this.page.getByLabel('Admin token').fill(token);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Resolves when the page of this title is there. */
  async isAt(title: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
  }

  /** What keeps people with assistive technology from using the page: of axe's findings the serious and critical ones. */
  async barriers(): Promise<readonly string[]> {
    // Evaluated, not loaded: the page's policy lets no other script in.
    await this.page.evaluate(AXE);
    const violations: readonly Barrier[] = await this.page.evaluate(FIND_BARRIERS);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`);
  }

  /** By how many pixels the page is wider than the window. */
  overflow(): Promise<number> {
    return this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
