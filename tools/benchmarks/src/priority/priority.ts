import { playCalls } from '../coalescing/play-calls';
import type { Played, TracedCall } from '../coalescing/play-calls';
import type { Benchmark, Report } from '../report/benchmark';
import { median, percentile } from '../report/percentile';
import type { Row } from '../report/table';
import { atLeast, atMost } from '../report/target';
import { liveCalls, oldCalls } from './live-and-old';
import type { LiveTraffic } from './live-and-old';

const LIMIT = { requests: 1000, windowMs: 300_000 };
const START = Date.UTC(2026, 2, 2, 9);
const BACKFILL = { users: 10_000, events: 2 };
const COMMON: Pick<LiveTraffic, 'users' | 'durationMs' | 'seed' | 'start'> = {
  users: [BACKFILL.users + 1, 50_000],
  durationMs: 900_000,
  seed: 20_261_201,
  start: START,
};
// Calls, of 3,000 requests that the plan has in that time.
const TRAFFIC = [
  { name: 'light, with bursts of 80 users', calls: 450, burst: { everyMs: 200_000, users: 80 } },
  { name: 'four fifths of the plan', calls: 2_400, burst: { everyMs: Infinity, users: 0 } },
  { name: 'more than the plan', calls: 3_600, burst: { everyMs: Infinity, users: 0 } },
] as const;

/** How long live events wait while a backfill is under way, beside how long they wait without it; in virtual time. */
export const priority: Benchmark = { name: 'priority', run };

async function run(): Promise<Report> {
  const tables: Report['tables'][number][] = [];
  const ratios: number[] = [];
  const shares: number[] = [];
  let refused = 0;
  for (const { name, ...traffic } of TRAFFIC) {
    const live = liveCalls({ ...COMMON, ...traffic });
    const old = oldCalls(BACKFILL.users, BACKFILL.events, START);
    const alone = await playCalls(live, { start: START, limit: LIMIT });
    const both = await playCalls([...old, ...live], { start: START, limit: LIMIT });
    const [without, beside] = [waitsOf(live, alone, 0), waitsOf(live, both, old.length)];
    const done = both.endedAt.slice(0, old.length).filter((at) => !Number.isNaN(at)).length / BACKFILL.events;
    ratios.push(median(beside) / median(without));
    shares.push(done / both.requests);
    refused += alone.refused + both.refused;
    tables.push({
      title: `priority: live traffic, ${name}, for 15 minutes, and ${BACKFILL.users * BACKFILL.events} old events of ${BACKFILL.users} users`,
      rows: [rowOf('without a backfill', without, alone, 0), rowOf('beside a backfill', beside, both, done)],
    });
  }
  const claim = (index: number) =>
    `median wait of live events ÷ that without the backfill, ${TRAFFIC[index]?.name ?? ''}`;
  return {
    tables,
    targets: [
      atMost('answers of 429', refused, 0),
      ...[0, 1].map((index) => atMost(claim(index), ratios[index] ?? NaN, 1.2)),
      atLeast(
        "a backfill's share of the requests where live traffic alone is more than the plan",
        shares[2] ?? NaN,
        0.09,
      ),
    ],
  };
}

/** Of live calls, which stand behind so many others; in seconds. */
function waitsOf(live: readonly TracedCall[], { endedAt }: Played, before: number): readonly number[] {
  return live.map(({ at }, index) => ((endedAt[before + index] ?? NaN) - at) / 1000);
}

function rowOf(name: string, waits: readonly number[], { requests }: Played, done: number): Row {
  return {
    live: name,
    requests,
    'median wait s': median(waits),
    'p95 wait s': percentile(waits, 0.95),
    'p99 wait s': percentile(waits, 0.99),
    'users backfilled': done,
  };
}
