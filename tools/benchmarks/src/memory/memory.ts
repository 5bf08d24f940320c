import { writeTold } from '@segment-userleap/delivery';
import { withStores } from '../replicas/with-stores';
import type { NewStores } from '../replicas/with-stores';
import type { Benchmark, Report } from '../report/benchmark';
import { atMost } from '../report/target';
import { knowUsers, nameOf } from '../usage/know-users';
import { bytesOf, isFileOf } from '../usage/measure-month';
import { openStore } from '../usage/relay-store';
import { measureRemembering } from './measure-remembering';
import type { RememberingFigures } from './measure-remembering';

const USERS = Number(process.env['USERS'] ?? 1_000_000);
const ATTRIBUTES = 20;
// The last ones have no memory: what it adds is measured beside them.
const WITHOUT_SHARE = 0.1;
const ENVIRONMENT = 'memory';

/** What it takes to remember what UserLeap was told of many users: on disk, and for each lease and settlement. */
export const memory: Benchmark = { name: 'memory', run: () => withStores(run) };

async function run(stores: NewStores): Promise<Report> {
  const rows = [
    { store: 'SQLite', ...(await measure(stores.sqlite())) },
    { store: 'PostgreSQL', ...(await measure(stores.postgres())) },
  ];
  return {
    tables: [
      {
        title: `memory: ${USERS} users with ${ATTRIBUTES} attributes each, of which UserLeap was told at two times`,
        rows: rows.map(({ store, bytesOfUser, withMs, withoutMs, ratio }) => ({
          store,
          'bytes a user': bytesOfUser,
          'lease and settle 64, ms': withMs,
          'without, ms': withoutMs,
          ratio,
        })),
      },
    ],
    targets: rows.flatMap(({ store, bytesOfUser, ratio }) => [
      atMost(`bytes a user on disk, ${store}`, bytesOfUser, 500),
      atMost(`lease and settle with memory ÷ without, ${store}`, ratio, 1.1),
    ]),
  };
}

async function measure(
  env: Readonly<Record<string, string>>,
): Promise<RememberingFigures & { readonly bytesOfUser: number }> {
  const store = await openStore(env);
  const told = sampleMemory();
  const before = await bytesOf(store, env);
  const withMemory = Math.round(USERS * (1 - WITHOUT_SHARE));
  const place = { environment: ENVIRONMENT, isFile: isFileOf(env) };
  await knowUsers(store, { ...place, from: 0, to: withMemory, told: told.length });
  const bytesOfUser = ((await bytesOf(store, env)) - before) / withMemory;
  await knowUsers(store, { ...place, from: withMemory, to: USERS, told: undefined });
  const next = { with: 0, without: withMemory };
  // Spread over all of them, so that none is found where the last one was.
  const step = { with: 104_729, without: 7_919 };
  const usersOf = (kind: 'with' | 'without', count: number): readonly string[] =>
    Array.from({ length: count }, () => {
      const [first, size] = kind === 'with' ? [0, withMemory] : [withMemory, USERS - withMemory];
      next[kind] = first + ((next[kind] - first + step[kind]) % size);
      return nameOf(next[kind]);
    });
  const figures = await measureRemembering(store.outbox, ENVIRONMENT, usersOf, told);
  await store.outbox.close();
  return { bytesOfUser, ...figures };
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
