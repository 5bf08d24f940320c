import { join } from 'node:path';
import type { LoadPlan } from '../load/load-plan';
import { runLoad } from '../load/run-load';
import { startServer, withTemporaryFolder } from '@segment-userleap/relay-driver';
import type { ServerProcess } from '@segment-userleap/relay-driver';
import { cpuSecondsOf, untilAtRest } from '../processes/cpu-seconds';
import { startRelay, WITHOUT_DELIVERY } from '../processes/start-relay';
import type { Benchmark, Report } from '../report/benchmark';
import { atLeast, atMost } from '../report/target';
import { compare } from './compare';
import type { Comparison, Measured } from './compare';

type Load = Omit<LoadPlan, 'port'>;
type Start = (folder: string) => Promise<ServerProcess>;

const ROUNDS = 5;
const COMMON = { users: 20_000, end: { warmUpSeconds: 0, seconds: 5 } } as const;
// Most users have come by then, however slow the machine is, and been put aside as unknown: what a new one costs once is hardly measured.
const WARM_UP_EVENTS = 25_000;
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
      atMost('batches of 100: CPU time an event, relay ÷ raw', batches.cpu, 2),
      atLeast('batches of 100: events/s, relay ÷ raw', batches.rate, 0.7),
      atLeast('single calls: events/s, relay ÷ raw', single.rate, 0.5),
    ],
  };
}

/** In turn, so that a slow spell of the machine falls on both. */
async function measureInTurn(load: Load): Promise<Comparison> {
  const relay: Measured[] = [];
  const raw: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    raw.push(await measure(startRaw, load));
    relay.push(await measure(startRelayAlone, load));
  }
  return compare(relay, raw);
}

/** Each time a new process with an empty store: neither is slowed by what it took in before. */
function measure(start: Start, load: Load): Promise<Measured> {
  return withTemporaryFolder(async (folder) => {
    const server = await start(folder);
    try {
      const plan = { ...load, port: Number(new URL(server.url).port) };
      await runLoad({ ...plan, end: { requests: WARM_UP_EVENTS / (load.shape.batch ?? 1) } });
      await untilAtRest(server.pid);
      const before = cpuSecondsOf(server.pid);
      const result = await runLoad(plan);
      const events = result.requests * (load.shape.batch ?? 1);
      return { ...result, cpuPerEvent: ((cpuSecondsOf(server.pid) - before) / events) * 1e6 };
    } finally {
      await server.end('SIGTERM');
    }
  });
}
