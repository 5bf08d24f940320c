import { isDeepStrictEqual } from 'node:util';
import { RelayOnSandboxes } from '../relay-on-sandboxes';
import type { TestedDestination } from '../tested-destination';
import type { FoundClient } from './found-clients';
import { alias, everyCall } from './script-calls';
import { ScriptSender } from './script-sender';
import { codeFor, HOST } from './snippets';
import { WayToRelays } from './way-to-relays';

const EXPECTED_ENDS = [
  'alias delivered',
  'group unsupported unsupported_type',
  'identify delivered',
  'page delivered',
  'screen unsupported unsupported_type',
  'track delivered',
  'track unsupported anonymous_user',
];
const EXPECTED_USERS = ['4200', '4201'].map((externalUserId) => ({
  externalUserId,
  emailAddress: 'ann@example.com',
  attributes: { 'plan.tier': 'pro', since: '1970-01-01T00:00:00.000Z', zero: 0, no: false },
  events: ['Clicked', 'pageview'],
}));

/** What came of one client's calls. */
export interface Verdict {
  readonly client: string;
  /** Undefined where every call ended as the docs say; else what came of them. */
  readonly otherwise: string | undefined;
}

/** Lets each client make a call of each kind. */
export async function runEveryCall(found: readonly FoundClient[]): Promise<readonly Verdict[]> {
  // No relay starts without a destination.
  if (found.length === 0) return [];
  const group = await RelayOnSandboxes.start(found.map(({ snippet: { name } }) => ({ name })));
  const way = await WayToRelays.start(new Map([[HOST, () => Number(new URL(group.relay.url).port)]]));
  const verdicts = await Promise.all(found.map((client) => judge(client, group.of(client.snippet.name), way.proxy)));
  await way.close();
  await group.stop();
  return verdicts;
}

async function judge(client: FoundClient, destination: TestedDestination, proxy: string): Promise<Verdict> {
  const { snippet } = client;
  const start = codeFor(snippet, `https://${HOST}`, destination.writeKey);
  let output = '';
  for (const [calls, count] of [
    [everyCall(snippet), 6],
    [alias(snippet), 7],
  ] as const) {
    const sender = new ScriptSender(client, `${start}${calls}`, proxy);
    await sender.ended();
    output += sender.output;
    await sender.close();
    await destination.settled(count).catch(() => undefined);
  }
  const ends = (await destination.events())
    .map(({ type, state, reason }) => [type, state, reason].filter((word) => word !== null).join(' '))
    .sort();
  const users = destination.sandbox.users().map(({ externalUserId, emailAddress, attributes, events }) => ({
    externalUserId,
    emailAddress,
    attributes: { ...attributes, since: isoTime(attributes.since) },
    events: events.map(({ event }) => event).sort(),
  }));
  const isAsExpected = isDeepStrictEqual([ends, users], [EXPECTED_ENDS, EXPECTED_USERS]);
  return {
    client: `${snippet.name} ${snippet.version}`,
    otherwise: isAsExpected ? undefined : JSON.stringify({ ends, users, output }, null, 1),
  };
}

/** Each language writes a time in its own way. */
function isoTime(value: unknown): unknown {
  return typeof value === 'string' ? new Date(value).toISOString() : value;
}
