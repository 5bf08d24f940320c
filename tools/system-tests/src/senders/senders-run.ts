import { RelayOnSandbox } from '@segment-userleap/relay-driver';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../sdks/free-port';
import { CaseClients, EVENTS } from './case-clients';
import type { Case } from './case-clients';
import type { FoundClient } from './found-clients';
import { Gateway } from './gateway';
import type { Trouble } from './gateway';
import type { Snippet } from './snippets';

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

/** Which clients there are to try. */
export interface SenderPlan {
  /** Those of npm. */
  readonly snippets: readonly Snippet[];
  /** Those in other languages. */
  readonly found: readonly FoundClient[];
  readonly chromium: string | undefined;
}

/** Lets every client meet every trouble, all at once, and then a restart. Resolves also with how long the relay was away, in milliseconds. */
export async function runSenders({
  snippets,
  found,
  chromium,
}: SenderPlan): Promise<{ readonly tried: readonly Tried[]; readonly gapMs: number }> {
  const pair = await RelayOnSandbox.start({}, { PORT: String(await freePort()) });
  const gateways: Gateway[] = [];
  const cases: Case[] = [];
  for (const snippet of [...snippets, ...found.map((one) => one.snippet)]) {
    for (const trouble of TROUBLES) {
      const gateway = await Gateway.start(pair.relay.url, trouble);
      gateways.push(gateway);
      cases.push(caseOf(snippet, trouble.name, gateway.url, () => gateway.tries));
    }
    cases.push(caseOf(snippet, 'restart', pair.relay.url, () => undefined));
  }
  const clients = await CaseClients.start(cases, found, chromium);
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
