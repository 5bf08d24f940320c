import { startServer } from '@segment-userleap/relay-driver';
import type { ServerProcess } from '@segment-userleap/relay-driver';
import { join } from 'node:path';
import { startRelayAt } from '../processes/start-relay';
import { withStores } from '../replicas/with-stores';
import type { NewStores } from '../replicas/with-stores';
import type { Benchmark, Report } from '../report/benchmark';
import { median, percentile } from '../report/percentile';
import { measureLatencies } from './measure-latencies';

const ROUNDS = 3;
const ANSWERS_MS = [0, 100] as const;
// Twice what comes.
const RATE_LIMIT = '200/1s';

interface Server {
  readonly name: string;
  readonly start: (userLeap: string) => Promise<ServerProcess>;
}

/** How soon what was accepted is at UserLeap, with half of the budget in use. */
export const latency: Benchmark = { name: 'latency', run: () => withStores(run) };

async function run({ sqlite, postgres }: NewStores): Promise<Report> {
  const startRelay = (store: Readonly<Record<string, string>>, url: string) =>
    startRelayAt({ ...store, USERLEAP_ENDPOINT: url, USERLEAP_RATE_LIMIT: RATE_LIMIT });
  const startForwarder = (url: string) => startServer(join(__dirname, 'forwarder-server.js'), { USERLEAP: url });
  const servers: readonly Server[] = [
    { name: 'relay, SQLite', start: (url) => startRelay(sqlite(), url) },
    { name: 'relay, PostgreSQL', start: (url) => startRelay(postgres(), url) },
    { name: 'bare forwarder', start: startForwarder },
  ];
  const rows = [];
  for (const answerMs of ANSWERS_MS) {
    const rounds = await measureInTurn(servers, answerMs);
    for (const [index, { name }] of servers.entries()) {
      const of = (share: number): number => median(rounds.map((round) => percentile(round[index] ?? [], share)));
      rows.push({ server: name, 'answers after ms': answerMs, 'p50 ms': of(0.5), 'p99 ms': of(0.99) });
    }
  }
  const title = `latency: from a call's answer to its request at UserLeap, 100 calls/s, median of ${ROUNDS} rounds`;
  return { tables: [{ title, rows }], targets: [] };
}

/** The latencies of each server, by round. */
async function measureInTurn(servers: readonly Server[], answerMs: number) {
  const rounds: (readonly number[])[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const latencies = [];
    for (const { start } of servers) latencies.push(await measureLatencies(start, answerMs));
    rounds.push(latencies);
  }
  return rounds;
}
