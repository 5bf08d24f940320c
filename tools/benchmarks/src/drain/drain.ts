import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { withTemporaryFolder } from '@segment-userleap/relay-driver';
import { withPostgres } from '../replicas/postgres-store';
import type { StoreEnv } from '../replicas/postgres-store';
import type { Benchmark, Report } from '../report/benchmark';
import { atLeast } from '../report/target';
import { graphileWorker } from './graphile-competitor';
import { measureInTurn } from './measure-in-turn';
import type { Rates } from './measure-in-turn';
import { plainjob } from './plainjob-competitor';
import { relay } from './relay-competitor';

const ROUNDS = 3;
// Of each peer: as many as graphile-worker has in measurements of its own.
const JOBS_AT_ONCE = 24;
const REPLICAS = [2, 3] as const;

/** How fast a backlog goes out, beside what one would build on a queue. */
export const drain: Benchmark = {
  name: 'drain',
  run: () => withTemporaryFolder((folder) => withPostgres((newStore) => run(folder, newStore))),
};

async function run(folder: string, newStore: () => StoreEnv): Promise<Report> {
  const newFolder = () => mkdtempSync(join(folder, 'store-'));
  const newFile = () => ({ DATABASE_URL: `sqlite:${join(newFolder(), 'relay.db')}` });
  const single = {
    postgres: relay('PostgreSQL', { replicas: 1 }, newStore),
    graphile: graphileWorker({ processes: 1, jobsAtOnce: JOBS_AT_ONCE }, newStore),
    sqlite: relay('SQLite', { replicas: 1 }, newFile),
    plainjob: plainjob(JOBS_AT_ONCE, newFolder),
  };
  const several = REPLICAS.flatMap((count) => [
    relay('PostgreSQL', { replicas: count }, newStore),
    graphileWorker({ processes: count, jobsAtOnce: JOBS_AT_ONCE }, newStore),
  ]);
  const alone = Object.values(single);
  const atOnce = await measureInTurn([...alone, ...several], { users: 2_000, answerMs: 0 }, ROUNDS);
  const soon = await measureInTurn(alone, { users: 2_000, answerMs: 100 }, ROUNDS);
  // 24 jobs at once make 24 requests/s of these.
  const late = await measureInTurn(alone, { users: 200, answerMs: 1_000 }, ROUNDS);

  const ratio = (rates: Rates, one: keyof typeof single, other: keyof typeof single): number =>
    rates.medianOf(single[one]) / rates.medianOf(single[other]);
  const three = atOnce.medianOf(several.at(-2)) / atOnce.medianOf(single.postgres);
  return {
    tables: [atOnce, soon, late].map(({ table }) => table),
    targets: [
      atLeast('relay on PostgreSQL ÷ graphile-worker, answers at once', ratio(atOnce, 'postgres', 'graphile'), 1),
      atLeast('relay on SQLite ÷ graphile-worker, answers at once', ratio(atOnce, 'sqlite', 'graphile'), 1.5),
      atLeast('relay on PostgreSQL: three replicas ÷ one', three, 1),
      ...[
        { after: '100 ms', rates: soon },
        { after: '1 s', rates: late },
      ].flatMap(({ after, rates }) => [
        atLeast(
          `relay on PostgreSQL ÷ graphile-worker, answers after ${after}`,
          ratio(rates, 'postgres', 'graphile'),
          1,
        ),
        atLeast(`relay on SQLite ÷ graphile-worker, answers after ${after}`, ratio(rates, 'sqlite', 'graphile'), 1),
      ]),
    ],
  };
}
