import { withStores } from '../replicas/with-stores';
import type { NewStores } from '../replicas/with-stores';
import type { Benchmark, Report } from '../report/benchmark';
import { atMost } from '../report/target';
import { measureMonth } from './measure-month';
import type { PairFigures } from './measure-pairs';
import { measureSettlements } from './measure-settlements';
import type { SettlementPlan } from './measure-settlements';
import { openStore } from './relay-store';

const USERS = Number(process.env['USERS'] ?? 1_000_000);
// A settlement of one turn is that of a light load.
const SETTLEMENTS = [
  { turns: 1, rounds: 200 },
  { turns: 8, rounds: 100 },
  { turns: 64, rounds: 40 },
] as const;
const MOST_OF_ALL_ARE_KNOWN = 10;
const USERS_BEFORE = [
  { who: 'all counted before', before: () => 'counted' },
  { who: 'every 10th is new', before: (user: number) => (user % MOST_OF_ALL_ARE_KNOWN === 0 ? 'nothing' : 'counted') },
  { who: 'all are new', before: () => 'nothing' },
  { who: 'all are known, and new in the month', before: () => 'known' },
] as const satisfies readonly { readonly who: string; readonly before: SettlementPlan['before'] }[];

/** What counting the users of a month costs: on disk, for each settlement, and when somebody asks. */
export const usage: Benchmark = { name: 'usage', run: () => withStores(run) };

async function run(stores: NewStores): Promise<Report> {
  const kinds = [
    { name: 'SQLite', newStore: stores.sqlite },
    { name: 'PostgreSQL', newStore: stores.postgres },
  ] as const;
  const months = [];
  const settlements = [];
  for (const { name, newStore } of kinds) {
    months.push({ store: name, ...(await measureMonth(newStore(), USERS)) });
    for (const figures of await measureAll(newStore())) settlements.push({ store: name, ...figures });
  }
  return {
    tables: [
      {
        title: `usage: a month with ${USERS} users`,
        rows: months.map(({ store, rows, bytesOfUser, usersPerSecond, medianMs, worstMs }) => ({
          store,
          'rows but for marks': rows,
          'bytes a user': bytesOfUser,
          'marks/s': usersPerSecond,
          'GET /api/usage, median ms': medianMs,
          'worst ms': worstMs,
        })),
      },
      {
        title: 'usage: a settlement, median, and what counting makes of it (median of pairs)',
        rows: settlements.map(({ store, turns, who, withoutMs, withMs, ratio, cpuRatio }) => ({
          store,
          turns,
          users: who,
          'without, ms': withoutMs,
          'with, ms': withMs,
          ratio,
          'ratio of CPU time': cpuRatio,
        })),
      },
    ],
    targets: [
      ...months.map(({ store, bytesOfUser }) => atMost(`bytes a user and month, ${store}`, bytesOfUser, 40)),
      ...months.map(({ store, worstMs }) => atMost(`GET /api/usage, worst, ms, ${store}`, worstMs, 50)),
      ...settlements.map(({ store, turns, who, ratio }) =>
        atMost(`counting ÷ not, ${turns} turns, ${who}, ${store}`, ratio, 1.05),
      ),
    ],
  };
}

type Row = PairFigures & { readonly turns: number; readonly who: string };

async function measureAll(env: Readonly<Record<string, string>>): Promise<readonly Row[]> {
  const store = await openStore(env);
  await measureSettlements(store, { name: 'warm', turns: 8, rounds: 50, before: () => 'nothing' });
  const rows: Row[] = [];
  for (const { turns, rounds } of SETTLEMENTS) {
    for (const { who, before } of USERS_BEFORE) {
      const plan = { name: `${turns} ${who}`, turns, rounds, before };
      rows.push({ turns, who, ...(await measureSettlements(store, plan)) });
    }
  }
  await store.outbox.close();
  return rows;
}
