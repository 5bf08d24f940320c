import type { Benchmark, Report } from '../report/benchmark';
import { median } from '../report/percentile';
import { atLeast, atMost } from '../report/target';
import { measureDelivery } from './measure-delivery';
import { measureIntake, measureRawIntake } from './measure-intake';
import { withPostgres } from './postgres-store';
import type { StoreEnv } from './postgres-store';

const ROUNDS = 3;
const REPLICAS = [1, 2, 3] as const;
const SMALL = { events: 10_000, users: 1_000 } as const;
const LARGE = { events: 1_000_000, users: 100_000 } as const;

/** PostgreSQL: what one, two and three replicas on one machine take in and deliver, and what a long backlog costs. */
export const replicas: Benchmark = { name: 'replicas', run: () => withPostgres(run) };

async function run(newStore: () => StoreEnv): Promise<Report> {
  const intake = await measureIntakes(newStore);
  const delivered = await measureDeliveries(newStore);
  const backlog = await measureBacklogs(newStore);
  return {
    tables: [
      { title: `replicas: durable intake, batches of 100, median of ${ROUNDS} rounds`, rows: intake.rows },
      { title: 'replicas: delivery of 3,000 events of as many users, UserLeap without limit', rows: delivered },
      { title: 'replicas: delivery of 10 events a request, by what waits, one replica', rows: backlog.rows },
    ],
    targets: [
      atLeast('PostgreSQL, one replica, batches of 100: events/s, relay ÷ raw', intake.ratio, 0.6),
      atMost('PostgreSQL: time an event with 1,000,000 waiting ÷ with 10,000', backlog.ratio, 1.3),
    ],
  };
}

async function measureIntakes(newStore: () => StoreEnv) {
  const raw: number[] = [];
  const relays = REPLICAS.map((count) => ({ count, rates: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    raw.push(await measureRawIntake(newStore()));
    for (const { count, rates } of relays) rates.push(await measureIntake(newStore(), count));
  }
  const ratioOf = (rates: readonly number[]): number => median(rates.map((rate, round) => rate / (raw[round] ?? NaN)));
  const rows = [
    { servers: 'raw fastify + pg', 'events/s': median(raw), 'relay ÷ raw': 1 },
    ...relays.map(({ count, rates }) => {
      return { servers: `relay × ${count}`, 'events/s': median(rates), 'relay ÷ raw': ratioOf(rates) };
    }),
  ];
  return { rows, ratio: ratioOf(relays[0]?.rates ?? []) };
}

async function measureDeliveries(newStore: () => StoreEnv) {
  const rows = [];
  for (const count of REPLICAS) {
    const plan = { replicas: count, requests: 3_000 };
    const rate = await measureDelivery(newStore(), { events: 3_000, users: 3_000 }, plan);
    rows.push({ servers: `relay × ${count}`, 'requests/s': rate });
  }
  return rows;
}

async function measureBacklogs(newStore: () => StoreEnv) {
  const msPerEvent: number[] = [];
  for (const backlog of [SMALL, LARGE]) {
    const rate = await measureDelivery(newStore(), backlog, { replicas: 1, requests: SMALL.users });
    msPerEvent.push(1000 / (rate * (backlog.events / backlog.users)));
  }
  const [small = NaN, large = NaN] = msPerEvent;
  const rows = [
    { waiting: SMALL.events, 'ms an event': small },
    { waiting: LARGE.events, 'ms an event': large },
  ];
  return { rows, ratio: large / small };
}
