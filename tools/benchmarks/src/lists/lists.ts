import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadResult } from '../load/load-plan';
import { startRelay, WITHOUT_DELIVERY } from '../processes/start-relay';
import { ADMIN_TOKEN, AdminApi, withTemporaryFolder } from '@segment-userleap/relay-driver';
import type { Benchmark, Report } from '../report/benchmark';
import { median } from '../report/percentile';
import { atLeast, atMost } from '../report/target';
import { fillLists } from './fill-lists';
import { measureCalls } from './measure-calls';
import type { CallFigures } from './measure-calls';
import { measurePolledIntake } from './measure-polled-intake';

const EVENTS = 1_000_000;
const ROUNDS = 5;
// Nothing of what was filled in may be given up or removed meanwhile.
const KEPT = { RELAY_RETRY_HORIZON: '300d', RELAY_RETENTION: '300d', RELAY_DEAD_LETTER_RETENTION: '300d' };

/** The admin API's lists and searches on a large store, and what looking at the overview costs the intake. */
export const lists: Benchmark = { name: 'lists', run };

function run(): Promise<Report> {
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, 'relay.db');
    const now = Date.now();
    const eventsPerSecond = await fillLists(path, EVENTS, now);
    const filling = { events: EVENTS, 'events/s': eventsPerSecond, 'store MB': statSync(path).size / 1e6 };
    const relay = await startRelay(folder, { ...WITHOUT_DELIVERY, ...KEPT, RELAY_ADMIN_TOKEN: ADMIN_TOKEN });
    const admin = new AdminApi(() => relay.url);
    try {
      const calls = await measureCalls(admin, now);
      const alone: LoadResult[] = [];
      const polled: LoadResult[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        alone.push(await measurePolledIntake(relay.url, undefined));
        polled.push(await measurePolledIntake(relay.url, admin));
      }
      const ratio = median(polled.map((one, round) => one.eventsPerSecond / (alone[round]?.eventsPerSecond ?? NaN)));
      const isOverview = ({ call }: CallFigures) => call === '/api/overview';
      const worst = (figures: readonly CallFigures[]) => Math.max(...figures.map(({ worstMs }) => worstMs));
      return {
        tables: [
          { title: 'lists: filling the store', rows: [filling] },
          {
            title: 'lists: one call at a time',
            rows: calls.map(({ call, medianMs, worstMs }) => ({ call, 'median ms': medianMs, 'worst ms': worstMs })),
          },
          {
            title: `lists: intake in batches of 100, median of ${ROUNDS} rounds`,
            rows: [rowOf('nobody', alone), rowOf('somebody, each second', polled)],
          },
        ],
        targets: [
          atMost('slowest list or search, worst, ms', worst(calls.filter((one) => !isOverview(one))), 200),
          atMost('overview, worst, ms', worst(calls.filter(isOverview)), 300),
          atLeast('intake while the overview is polled ÷ while it is not', ratio, 0.95),
        ],
      };
    } finally {
      await relay.end('SIGTERM');
    }
  });
}

function rowOf(who: string, results: readonly LoadResult[]) {
  return {
    'looks at the overview': who,
    'events/s': median(results.map(({ eventsPerSecond }) => eventsPerSecond)),
    'p99 ms': median(results.map(({ p99Ms }) => p99Ms)),
  };
}
