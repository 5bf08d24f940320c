import { writeTold } from '@segment-userleap/delivery';
import { withStores } from '../replicas/with-stores';
import type { NewStores } from '../replicas/with-stores';
import type { Benchmark, Report } from '../report/benchmark';
import { atMost } from '../report/target';
import { knowUsers } from '../usage/know-users';
import { bytesOf, isFileOf } from '../usage/measure-month';
import type { PairFigures } from '../usage/measure-pairs';
import { openStore } from '../usage/relay-store';
import { measureRemembering } from './measure-remembering';

const USERS = Number(process.env['USERS'] ?? 1_000_000);
const ATTRIBUTES = 20;
const ENVIRONMENT = 'memory';
// As many as are leased and settled at once under a light load, a usual one and a heavy one.
const TURNS = [
  { turns: 1, rounds: 400 },
  { turns: 8, rounds: 200 },
  { turns: 64, rounds: 100 },
] as const;

/** What it takes to remember what UserLeap was told of many users: on disk, and for each lease and settlement. */
export const memory: Benchmark = { name: 'memory', run: () => withStores(run) };

async function run(stores: NewStores): Promise<Report> {
  const kinds = [
    { store: 'SQLite', ...(await measure(stores.sqlite)) },
    { store: 'PostgreSQL', ...(await measure(stores.postgres)) },
  ];
  const rows = kinds.flatMap(({ store, figures }) => figures.map((one) => ({ store, ...one })));
  return {
    tables: [
      {
        title: `memory: ${USERS} users with ${ATTRIBUTES} attributes each, of which UserLeap was told at two times`,
        rows: kinds.map(({ store, bytesOfUser }) => ({ store, 'bytes a user': bytesOfUser })),
      },
      {
        title: 'memory: a lease and a settlement, median, and what the memory makes of it',
        rows: rows.map(({ store, turns, withoutMs, withMs, ratio, cpuRatio }) => ({
          store,
          turns,
          'without, ms': withoutMs,
          'with, ms': withMs,
          ratio,
          'ratio of CPU time': cpuRatio,
        })),
      },
    ],
    targets: [
      ...kinds.map(({ store, bytesOfUser }) => atMost(`bytes a user on disk, ${store}`, bytesOfUser, 500)),
      ...rows.map(({ store, turns, ratio }) => atMost(`with memory ÷ without, ${turns} turns, ${store}`, ratio, 1.1)),
    ],
  };
}

type Row = PairFigures & { readonly turns: number };

/** On two stores, so that each has its own pages in memory, and its own log to empty. */
async function measure(
  newEnv: () => Readonly<Record<string, string>>,
): Promise<{ readonly bytesOfUser: number; readonly figures: readonly Row[] }> {
  const told = sampleMemory();
  const [env, envWithout] = [newEnv(), newEnv()];
  const stores = { with: await openStore(env), without: await openStore(envWithout) };
  const before = await bytesOf(stores.with, env);
  const known = { environment: ENVIRONMENT, isFile: isFileOf(env), from: 0, to: USERS };
  await knowUsers(stores.with, { ...known, told: told.length });
  const bytesOfUser = ((await bytesOf(stores.with, env)) - before) / USERS;
  await knowUsers(stores.without, { ...known, told: undefined });
  await bytesOf(stores.without, envWithout);
  const figures: Row[] = [];
  for (const plan of TURNS) {
    const place = { stores, environment: ENVIRONMENT, users: USERS, memory: told };
    figures.push({ turns: plan.turns, ...(await measureRemembering(place, plan)) });
  }
  for (const { outbox } of Object.values(stores)) await outbox.close();
  return { bytesOfUser, figures };
}

/** Half of the attributes were told later than the others. */
function sampleMemory(): Uint8Array {
  const now = Date.now();
  const values = Array.from({ length: ATTRIBUTES }, (_, index) => {
    const toldAt = index % 2 === 0 ? now : now - 86_400_000;
    return [index * 1_000_003, { hash: index * 7_000_000_001, at: toldAt - 500, toldAt }] as const;
  });
  return writeTold({ toldAt: now, values: new Map(values) });
}
