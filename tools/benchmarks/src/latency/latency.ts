import { startServer, withTemporaryFolder } from '@segment-userleap/relay-driver';
import type { ServerProcess } from '@segment-userleap/relay-driver';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { startRelay, startRelayAt } from '../processes/start-relay';
import { withPostgres } from '../replicas/postgres-store';
import type { StoreEnv } from '../replicas/postgres-store';
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
export const latency: Benchmark = {
  name: 'latency',
  run: () => withTemporaryFolder((folder) => withPostgres((newStore) => run(folder, newStore))),
};

async function run(folder: string, newStore: () => StoreEnv): Promise<Report> {
  const envFor = (userLeap: string) => ({ USERLEAP_ENDPOINT: userLeap, USERLEAP_RATE_LIMIT: RATE_LIMIT });
  const servers: readonly Server[] = [
    { name: 'relay, SQLite', start: (url) => startRelay(mkdtempSync(join(folder, 'store-')), envFor(url)) },
    { name: 'relay, PostgreSQL', start: (url) => startRelayAt({ ...newStore(), ...envFor(url) }) },
    {
      name: 'bare forwarder',
      start: (url) => startServer(join(__dirname, 'forwarder-server.js'), { USERLEAP: url }),
    },
  ];
  const rows = [];
  for (const answerMs of ANSWERS_MS) {
    const rounds: (readonly number[])[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const latencies = [];
      for (const { start } of servers) latencies.push(await measureLatencies(start, answerMs));
      rounds.push(latencies);
    }
    for (const [index, { name }] of servers.entries()) {
      const of = (share: number): number =>
        median(rounds.map((latencies) => percentile(latencies[index] ?? [], share)));
      rows.push({ server: name, 'answers after ms': answerMs, 'p50 ms': of(0.5), 'p99 ms': of(0.99) });
    }
  }
  const title = `latency: from the answer of a single call to its request at UserLeap, 100 calls/s, median of ${ROUNDS} rounds`;
  return { tables: [{ title, rows }], targets: [] };
}
