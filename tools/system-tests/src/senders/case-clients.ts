import { WRITE_KEY } from '@segment-userleap/relay-driver';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../sdks/launch-chromium';
import type { FoundClient } from './found-clients';
import { PageSender } from './page-sender';
import { tracks } from './script-calls';
import { ScriptSender } from './script-sender';
import { serverSdk } from './server-sdk';
import { Site } from './site';
import { codeFor, HOST } from './snippets';
import type { Snippet } from './snippets';
import { TlsFront } from './tls-front';
import { WayToRelays } from './way-to-relays';

/** How many each client sends. */
export const EVENTS = 3;

/** One client at one relay, behind a gateway of its own. */
export interface Case {
  readonly key: string;
  readonly snippet: Snippet;
  readonly trouble: string;
  /** Where it sends to, without TLS. */
  readonly url: string;
  tries(): number | undefined;
}

/** Every case's client, ready to send. */
export class CaseClients {
  readonly #senders = new Map<string, () => Promise<void>>();
  readonly #ends: (() => Promise<void>)[] = [];

  static async start(
    cases: readonly Case[],
    found: readonly FoundClient[],
    chromium: string | undefined,
  ): Promise<CaseClients> {
    const clients = new CaseClients();
    for (const one of cases.filter(({ snippet }) => snippet.runsIn === 'node')) clients.#addServer(one);
    const ofPages = cases.filter(({ snippet }) => snippet.runsIn === 'browser');
    if (chromium !== undefined) await clients.#addPages(ofPages, chromium);
    await clients.#addScripts(cases, found);
    return clients;
  }

  async send({ key }: Case): Promise<void> {
    await this.#senders.get(key)?.();
  }

  async close(): Promise<void> {
    for (const end of this.#ends) await end();
  }

  #addServer({ key, snippet, url }: Case): void {
    const sdk = serverSdk(codeFor(snippet, url, WRITE_KEY));
    this.#senders.set(key, async () => {
      for (let at = 0; at < EVENTS; at += 1) sdk.track({ userId: key, event: `Event ${at}` }, () => undefined);
      // It may last as long as there is trouble.
      void Promise.resolve(sdk.flush?.(() => undefined)).catch(() => undefined);
    });
  }

  async #addPages(cases: readonly Case[], chromium: string): Promise<void> {
    const fronts = new Map<string, TlsFront>();
    for (const { key, url } of cases) fronts.set(key, await TlsFront.start(() => Number(new URL(url).port)));
    const rules = [...fronts].map(([key, { port }]) => `MAP ${key}.${HOST} 127.0.0.1:${port}`);
    const browser: Browser = await launchChromium(chromium, [`--host-resolver-rules=${rules.join()}`]);
    const codes = cases.map(({ key, snippet }) => [key, codeFor(snippet, `https://${key}.${HOST}`)] as const);
    const site = await Site.start(Object.fromEntries(codes));
    this.#ends.push(
      () => browser.close(),
      () => site.close(),
      ...[...fronts.values()].map((front) => () => front.close()),
    );
    for (const { key } of cases) {
      const sender = await PageSender.open(browser, site.page(key));
      this.#senders.set(key, async () => {
        const calls = Array.from({ length: EVENTS - 1 }, (_, at) => `track('Event ${at}')`);
        await sender.run(`identify('${key}')`, ...calls);
      });
    }
  }

  async #addScripts(cases: readonly Case[], found: readonly FoundClient[]): Promise<void> {
    const ofScripts = cases.flatMap((one) =>
      found.filter(({ snippet }) => snippet === one.snippet).map((client) => ({ ...one, client })),
    );
    const way = await WayToRelays.start(
      new Map(ofScripts.map(({ key, url }) => [`${key}.${HOST}`, () => Number(new URL(url).port)])),
    );
    for (const { key, snippet, client } of ofScripts) {
      const code = `${codeFor(snippet, `https://${key}.${HOST}`)}${tracks(snippet, key, EVENTS)}`;
      this.#senders.set(key, async () => {
        const sender = new ScriptSender(client, code, way.proxy);
        this.#ends.push(() => sender.close());
        await sender.called();
      });
    }
    this.#ends.push(() => way.close());
  }
}
