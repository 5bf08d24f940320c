import { RelayOnSandbox, WRITE_KEY } from '@segment-userleap/relay-driver';
import { setTimeout } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { freePort } from '../sdks/free-port';
import { launchChromium } from '../sdks/launch-chromium';
import { Gateway } from './gateway';
import type { Trouble } from './gateway';
import { PageSender } from './page-sender';
import { serverSdk } from './server-sdk';
import { Site } from './site';
import { codeFor, HOST } from './snippets';
import type { Snippet } from './snippets';
import { TlsFront } from './tls-front';

const EVENTS = 3;
const GAP_MS = 5_000;
const WATCH_MS = 60_000;

/** What every client meets. The first three last. */
export const TROUBLES: readonly Trouble[] = [
  ...[400, 401, 413].map((status) => ({ name: `${status}`, status, forMs: Infinity })),
  ...([429, 503, 'broken'] as const).map((status) => ({ name: `${status}`, status, forMs: GAP_MS })),
];

/** What came of three events that a client was handed while there was trouble. */
export interface Tried {
  readonly client: string;
  readonly trouble: string;
  /** Unknown where only a relay was there to count. */
  readonly tries: number | undefined;
  readonly lost: number;
}

/** One client at one relay, behind a gateway of its own. */
interface Case {
  readonly key: string;
  readonly snippet: Snippet;
  readonly trouble: string;
  /** Where it sends to, without TLS. */
  readonly url: string;
  tries(): number | undefined;
}

/** Lets every client meet every trouble, all at once, and then a restart. Resolves also with how long the relay was away, in milliseconds. */
export async function runSenders(
  snippets: readonly Snippet[],
  chromium: string | undefined,
): Promise<{ readonly tried: readonly Tried[]; readonly gapMs: number }> {
  const pair = await RelayOnSandbox.start({}, { PORT: String(await freePort()) });
  const gateways: Gateway[] = [];
  const cases: Case[] = [];
  for (const snippet of snippets) {
    for (const trouble of TROUBLES) {
      const gateway = await Gateway.start(pair.relay.url, trouble);
      gateways.push(gateway);
      cases.push(caseOf(snippet, trouble.name, gateway.url, () => gateway.tries));
    }
    cases.push(caseOf(snippet, 'restart', pair.relay.url, () => undefined));
  }
  const clients = await Clients.start(cases, chromium);
  const restarted = cases.filter(({ trouble }) => trouble === 'restart');
  await Promise.all(cases.filter((one) => !restarted.includes(one)).map((one) => clients.send(one)));
  await setTimeout(WATCH_MS);
  const stopping = performance.now();
  await pair.relay.end('SIGTERM');
  await Promise.all(restarted.map((one) => clients.send(one)));
  await pair.startRelay();
  const gapMs = performance.now() - stopping;
  await setTimeout(WATCH_MS);
  const tried = await Promise.all(
    cases.map(async ({ key, snippet, trouble, tries }) => {
      const arrived = (await pair.admin.events({ userId: key })).length;
      return { client: `${snippet.name} ${snippet.version}`, trouble, tries: tries(), lost: EVENTS - arrived };
    }),
  );
  await clients.close();
  for (const gateway of gateways) gateway.close();
  await pair.stop();
  return { tried, gapMs };
}

function caseOf(snippet: Snippet, trouble: string, url: string, tries: Case['tries']): Case {
  const key = `${snippet.name.replace('@', '').replaceAll(/[/.]/g, '-')}-${trouble}`;
  return { key, snippet, trouble, url, tries };
}

/** Every case's client, ready to send. */
class Clients {
  readonly #senders = new Map<string, () => Promise<void>>();
  readonly #ends: (() => Promise<void>)[] = [];

  static async start(cases: readonly Case[], chromium: string | undefined): Promise<Clients> {
    const clients = new Clients();
    for (const one of cases.filter(({ snippet }) => snippet.runsIn === 'node')) clients.#addServer(one);
    const ofPages = cases.filter(({ snippet }) => snippet.runsIn === 'browser');
    if (chromium !== undefined) await clients.#addPages(ofPages, chromium);
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
}
