import { withStores } from '../replicas/with-stores';
import type { NewStores } from '../replicas/with-stores';
import type { Benchmark, Report } from '../report/benchmark';
import { atLeast } from '../report/target';
import type { Competitor } from './competitor';
import { graphileWorker } from './graphile-competitor';
import { measureInTurn } from './measure-in-turn';
import type { Rates } from './measure-in-turn';
import { plainjob } from './plainjob-competitor';
import { relay } from './relay-competitor';

const ROUNDS = 3;
// Of a peer: as many as graphile-worker has in measurements of its own.
const JOBS_AT_ONCE = 24;
const REPLICAS = [2, 3] as const;

/** How fast a backlog goes out, beside what one would build on a queue. */
export const drain: Benchmark = { name: 'drain', run: () => withStores(run) };

async function run(stores: NewStores): Promise<Report> {
  const postgres = relay('PostgreSQL', 1, stores.postgres);
  const graphile = graphileWorker({ processes: 1, jobsAtOnce: JOBS_AT_ONCE }, stores.postgres);
  const sqlite = relay('SQLite', 1, stores.sqlite);
  const single = [postgres, graphile, sqlite, plainjob(JOBS_AT_ONCE, stores.folder)];
  const several = REPLICAS.map((count) => relay('PostgreSQL', count, stores.postgres));
  const peers = REPLICAS.map((processes) => graphileWorker({ processes, jobsAtOnce: JOBS_AT_ONCE }, stores.postgres));
  const all = [...single, ...several, ...peers];
  const atOnce = await measureInTurn(all, { users: 2_000, answerMs: 0 }, ROUNDS);
  const soon = await measureInTurn(single, { users: 2_000, answerMs: 100 }, ROUNDS);
  // 24 jobs at once make 24 requests/s of these.
  const late = await measureInTurn(single, { users: 200, answerMs: 1_000 }, ROUNDS);

  const ratio = ({ medianOf }: Rates, one: Competitor, other: Competitor) => medianOf(one) / medianOf(other);
  return {
    tables: [atOnce, soon, late].map(({ table }) => table),
    targets: [
      atLeast('answers at once: relay on PostgreSQL ÷ graphile-worker', ratio(atOnce, postgres, graphile), 1),
      atLeast('answers at once: relay on SQLite ÷ graphile-worker', ratio(atOnce, sqlite, graphile), 1.5),
      ...several.map((replicas) =>
        atLeast(`answers at once: ${replicas.name} ÷ × 1`, ratio(atOnce, replicas, postgres), 1),
      ),
      atLeast('answers after 100 ms: relay on PostgreSQL ÷ graphile-worker', ratio(soon, postgres, graphile), 1),
      atLeast('answers after 100 ms: relay on SQLite ÷ graphile-worker', ratio(soon, sqlite, graphile), 1),
      atLeast('answers after 1 s: relay on PostgreSQL ÷ graphile-worker', ratio(late, postgres, graphile), 1),
      atLeast('answers after 1 s: relay on SQLite ÷ graphile-worker', ratio(late, sqlite, graphile), 1),
    ],
  };
}
