import { RelayOnSandbox, residentMemory } from '@segment-userleap/relay-driver';
import { SHARED_SECRET } from './credential-kinds';
import type { FuzzReport } from './fuzz-report';
import { FuzzTally } from './fuzz-tally';
import { HostileClient } from './hostile-client';
import { findSecrets } from './judge-answer';
import { makeCase } from './make-case';
import { followUp, SteadyClient } from './steady-client';

// How the relay keeps to a limit is a test of its own.
const RATE_LIMIT = { requests: 100_000, windowMs: 5_000 };
const ENV = {
  RELAY_SHARED_SECRET: SHARED_SECRET,
  RELAY_TRUSTED_PROXIES: '127.0.0.1',
  USERLEAP_RATE_LIMIT: `${RATE_LIMIT.requests}/${RATE_LIMIT.windowMs / 1000}s`,
};
const CONNECTIONS = 8;
const MOST_MEMORY_MB = 600;

/** Requests `from`, `from + 1`, … of a seed. */
export interface FuzzPlan {
  readonly seed: number;
  readonly from: number;
  readonly requests: number;
}

/** Sends hostile requests over several connections at once, while valid events go on coming; then asks what became of those. */
export async function runFuzz({ seed, from, requests }: FuzzPlan): Promise<FuzzReport> {
  const pair = await RelayOnSandbox.start({ rateLimit: RATE_LIMIT }, ENV);
  const tally = new FuzzTally(seed);
  const broken: string[] = [];
  try {
    const steady = new SteadyClient(pair);
    const port = Number(new URL(pair.relay.url).port);
    const indexes = Array.from({ length: requests }, (_, at) => from + at).values();
    const clients = Array.from({ length: CONNECTIONS }, () => new HostileClient(port));
    const send = async (client: HostileClient): Promise<void> => {
      for (const index of indexes) {
        const hostile = makeCase(seed, index, `127.0.0.1:${port}`);
        tally.add(hostile, await client.send(hostile));
      }
      client.close();
    };
    await Promise.all(clients.map(send)).catch(() => broken.push('the relay does not listen any more'));
    await steady.stop();
    const memory = residentMemory(pair.relay.pid)?.peak;
    if (memory !== undefined && memory > MOST_MEMORY_MB) broken.push(`it held ${Math.round(memory)} MB of memory`);
    const followed = [];
    for (const [userId, ids] of steady.acknowledged) followed.push(await followUp(pair.admin, userId, ids));
    const users = JSON.stringify(
      pair.sandbox.users().filter(({ externalUserId }) => externalUserId.startsWith('steady-')),
    );
    if (findSecrets(users).length > 0) broken.push('what hostile requests said came to be part of valid users');
    const delivered = followed.reduce((sum, one) => sum + one.delivered, 0);
    return {
      table: tally.table(),
      summary: [
        ['hostile requests', requests],
        ['valid calls', steady.calls],
        ['their longest answer time in ms', Math.round(steady.longestMs)],
        ['their events', [...steady.acknowledged.values()].flat().length],
        ['of them delivered', delivered],
        ['memory at most, in MB', memory === undefined ? 'unknown' : Math.round(memory)],
      ],
      violations: [
        ...broken,
        ...tally.violations(),
        ...steady.problems,
        ...followed.flatMap(({ problems }) => problems),
        ...judgeLog(pair.relay.output()),
      ],
    };
  } finally {
    await pair.stop();
  }
}

function judgeLog(log: string): readonly string[] {
  const secrets = findSecrets(log).map((secret) => `the log holds ${secret}`);
  const lines = log.split('\n').filter((line) => /unexpected|uncaught|unhandled|"stack"/i.test(line));
  return [...secrets, ...[...new Set(lines.map(withoutTime))].map((line) => `the log says ${line}`)];
}

function withoutTime(line: string): string {
  return line.replaceAll(/"(time|pid|hostname|responseTime|reqId|id)":[^,}]*,?/g, '').slice(0, 300);
}
