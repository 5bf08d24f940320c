import { withStores } from '../replicas/with-stores';
import type { NewStores } from '../replicas/with-stores';
import type { Report } from '../report/benchmark';
import { atMost } from '../report/target';
import { measureLeases } from './measure-leases';
import type { LeaseFigures } from './measure-leases';
import { letUsersWait, park, tidyUp } from './waiting-users';

const MANY = Number(process.env['USERS'] ?? 1_000_000);
const FEW = 10_000;
const ENVIRONMENT = 'backlog';
// As many as are leased and settled at once under a light load, a usual one and a heavy one.
const TURNS = [
  { turns: 1, rounds: 200 },
  { turns: 8, rounds: 100 },
  { turns: 64, rounds: 50 },
] as const;
/** In each more are parked than in the one before. */
const BACKLOGS = [
  { who: 'all are known', parkedEvery: undefined, lookUpShare: 0 },
  { who: 'every 2nd is parked', parkedEvery: 2, lookUpShare: 0.25 },
  { who: 'all are parked', parkedEvery: 1, lookUpShare: 1 },
] as const;

/** What leases and settlements cost where many users wait, beside the same where few do. */
export function compareBacklogs(): Promise<Report> {
  return withStores(async ({ sqlite, postgres }) => {
    const rows = [
      ...(await measureAll(sqlite)).map((row) => ({ store: 'SQLite', ...row })),
      ...(await measureAll(postgres)).map((row) => ({ store: 'PostgreSQL', ...row })),
    ];
    return {
      tables: [
        {
          title: `backlog: a lease and a settlement with ${MANY} users waiting, each with an event, beside ${FEW}: medians, and many ÷ few`,
          rows: rows.map(({ store, who, turns, lease, settlement, both }) => ({
            store,
            users: who,
            turns,
            'lease: few, ms': lease.withoutMs,
            'lease: many, ms': lease.withMs,
            'settlement: few, ms': settlement.withoutMs,
            'settlement: many, ms': settlement.withMs,
            'lease: CPU': lease.cpuRatio,
            'settlement: CPU': settlement.cpuRatio,
            'both: CPU': both.cpuRatio,
            'both: ms': both.ratio,
          })),
        },
      ],
      targets: rows.map(({ store, who, turns, both }) =>
        atMost(`CPU time, many waiting ÷ few, ${turns} turns, ${who}, ${store}`, both.cpuRatio, 1.3),
      ),
    };
  });
}

type Row = LeaseFigures & { readonly who: string; readonly turns: number };

/** On two stores, so that each has its own pages in memory. */
async function measureAll(newEnv: NewStores['sqlite'] | NewStores['postgres']): Promise<readonly Row[]> {
  const place = { environment: ENVIRONMENT, now: Date.now() };
  const waiting = {
    with: await letUsersWait(newEnv(), MANY, place),
    without: await letUsersWait(newEnv(), FEW, place),
  };
  const rows: Row[] = [];
  for (const { who, parkedEvery, lookUpShare } of BACKLOGS) {
    for (const one of Object.values(waiting)) {
      if (parkedEvery) await park(one, parkedEvery, place);
      await tidyUp(one.env);
    }
    for (const { turns, rounds } of TURNS) {
      const lookUps = Math.round(turns * lookUpShare);
      const figures = await measureLeases(waiting, { environment: ENVIRONMENT, turns, rounds, lookUps });
      rows.push({ who, turns, ...figures });
    }
  }
  for (const { store } of Object.values(waiting)) await store.outbox.close();
  return rows;
}
