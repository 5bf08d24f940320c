import { join } from 'node:path';
import type { LoadPlan, LoadResult } from '../load/load-plan';
import { runLoad } from '../load/run-load';
import { startServer, withTemporaryFolder } from '@segment-userleap/relay-driver';
import type { ServerProcess } from '@segment-userleap/relay-driver';
import { startRelay, WITHOUT_DELIVERY } from '../processes/start-relay';
import type { Benchmark, Report } from '../report/benchmark';
import { atLeast } from '../report/target';
import { compare } from './compare';
import type { Comparison } from './compare';

type Load = Omit<LoadPlan, 'port'>;
type Start = (folder: string) => Promise<ServerProcess>;

const ROUNDS = 5;
const COMMON = { users: 20_000, end: { warmUpSeconds: 2, seconds: 5 } } as const;
const SINGLE: Load = { ...COMMON, shape: { path: '/v1/track', type: 'track' }, connections: 64 };
const BATCHES: Load = { ...COMMON, shape: { path: '/v1/batch', type: 'track', batch: 100 }, connections: 8 };

const startRaw: Start = (folder) =>
  startServer(join(__dirname, 'raw-server.js'), { DATABASE_PATH: join(folder, 'raw.db') });
const startRelayAlone: Start = (folder) => startRelay(folder, WITHOUT_DELIVERY);

/** Durable intake of the relay, against the least that keeps events as durably. */
export const intake: Benchmark = { name: 'intake', run };

async function run(): Promise<Report> {
  const single = await measureInTurn(SINGLE);
  const batches = await measureInTurn(BATCHES);
  return {
    tables: [
      {
        title: `intake: single calls, ${SINGLE.connections} connections, median of ${ROUNDS} rounds`,
        rows: single.rows,
      },
      {
        title: `intake: batches of 100, ${BATCHES.connections} connections, median of ${ROUNDS} rounds`,
        rows: batches.rows,
      },
    ],
    targets: [
      atLeast('batches of 100: events/s, relay ÷ raw', batches.ratio, 0.6),
      atLeast('single calls: events/s, relay ÷ raw', single.ratio, 0.5),
    ],
  };
}

/** In turn, so that a slow spell of the machine falls on both. */
async function measureInTurn(load: Load): Promise<Comparison> {
  const relay: LoadResult[] = [];
  const raw: LoadResult[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    raw.push(await measure(startRaw, load));
    relay.push(await measure(startRelayAlone, load));
  }
  return compare(relay, raw);
}

/** Each time a new process with an empty store: neither is slowed by what it took in before. */
function measure(start: Start, load: Load): Promise<LoadResult> {
  return withTemporaryFolder(async (folder) => {
    const server = await start(folder);
    try {
      return await runLoad({ ...load, port: Number(new URL(server.url).port) });
    } finally {
      await server.end('SIGTERM');
    }
  });
}
