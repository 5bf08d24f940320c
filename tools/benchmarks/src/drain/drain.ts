import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { withTemporaryFolder } from '@segment-userleap/relay-driver';
import { withPostgres } from '../replicas/postgres-store';
import type { StoreEnv } from '../replicas/postgres-store';
import type { Benchmark, Report } from '../report/benchmark';
import { median } from '../report/percentile';
import { atLeast } from '../report/target';
import type { Competitor } from './competitor';
import { graphileWorker } from './graphile-competitor';
import { measureDrain } from './measure-drain';
import { relay } from './relay-competitor';

const ROUNDS = 3;

/** How fast a backlog goes, beside what one would build on a queue. */
export const drain: Benchmark = {
  name: 'drain',
  run: () => withTemporaryFolder((folder) => withPostgres((newStore) => run(folder, newStore))),
};

async function run(folder: string, newStore: () => StoreEnv): Promise<Report> {
  const newFile = () => ({ DATABASE_URL: `sqlite:${join(mkdtempSync(join(folder, 'store-')), 'relay.db')}` });
  const competitors: readonly Competitor[] = [
    relay('PostgreSQL', 1, newStore),
    graphileWorker(1, newStore),
    relay('SQLite', 1, newFile),
  ];
  const rates = competitors.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, competitor] of competitors.entries()) {
      const rate = await measureDrain(competitor, { users: 2_000, answerMs: 0 });
      console.log(`  ${competitor.name}: ${Math.round(rate)} requests/s`);
      rates[index]?.push(rate);
    }
  }
  const [postgres = NaN, graphile = NaN, sqlite = NaN] = rates.map(median);
  return {
    tables: [
      {
        title: `drain: 2,000 users, answers at once, requests/s, ${ROUNDS} rounds`,
        rows: competitors.map(({ name }, index) => ({
          competitor: name,
          ...Object.fromEntries(rates[index]?.map((rate, round) => [`round ${round + 1}`, rate]) ?? []),
          median: median(rates[index] ?? []),
        })),
      },
    ],
    targets: [
      atLeast('relay on PostgreSQL ÷ graphile-worker', postgres / graphile, 1),
      atLeast('relay on SQLite ÷ graphile-worker', sqlite / graphile, 1.5),
    ],
  };
}
