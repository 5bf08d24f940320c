import { percentile } from '../report/percentile';
import { playCalls } from '../coalescing/play-calls';
import type { TracedCall } from '../coalescing/play-calls';
import { simulateFifo } from '../coalescing/simulate-fifo';
import type { Benchmark, Report } from '../report/benchmark';
import type { Row } from '../report/table';
import { formatNumber } from '../report/table';
import { atMost } from '../report/target';
import { pageLoads } from './page-loads';

const LIMIT = { requests: 1000, windowMs: 300_000 };
const SHAPE = { seed: 20_261_130, start: Date.UTC(2026, 2, 2, 9) };
// A little less than one request for each call could just bring; and nearly twice as much.
const TRACES = [
  { loads: 1_250, users: 50, durationMs: 900_000 },
  { loads: 5_000, users: 1_000, durationMs: 1_800_000 },
] as const;
const WINDOWS = ['0', '24h'] as const;

/** Requests and time to drain of browsers that send the same Identify with every page; in virtual time. */
export const unchanged: Benchmark = { name: 'unchanged', run };

async function run(): Promise<Report> {
  const tables: Report['tables'][number][] = [];
  const ratios: number[] = [];
  let refused = 0;
  for (const trace of TRACES) {
    const calls = pageLoads({ ...SHAPE, ...trace });
    const times = calls.map(({ at }) => at);
    const rows = [rowOf('one request per call', calls, calls.length, simulateFifo(times, LIMIT))];
    const requests: number[] = [];
    for (const window of WINDOWS) {
      const played = await playCalls(calls, {
        start: SHAPE.start,
        limit: LIMIT,
        env: { RELAY_UNCHANGED_WINDOW: window },
      });
      const name = window === '0' ? 'relay, every Identify sent' : 'relay, unchanged ones not';
      rows.push(rowOf(name, calls, played.requests, played.endedAt));
      requests.push(played.requests);
      refused += played.refused;
    }
    ratios.push((requests[1] ?? NaN) / (requests[0] ?? NaN));
    tables.push({
      title: `unchanged: ${formatNumber(trace.loads)} page loads of ${formatNumber(trace.users)} users in ${trace.durationMs / 60_000} minutes, 1000 requests per 300 s`,
      rows,
    });
  }
  const targets = [
    atMost('answers of 429', refused, 0),
    atMost('requests ÷ those where every Identify is sent, at what the limit just allows', ratios[0] ?? NaN, 0.55),
  ];
  return { tables, targets };
}

function rowOf(sender: string, calls: readonly TracedCall[], requests: number, endedAt: readonly number[]): Row {
  const waits = calls.map(({ at }, index) => ((endedAt[index] ?? NaN) - at) / 1000);
  return {
    sender,
    requests,
    'requests per page load': requests / (calls.length / 2),
    'all ended after min': endedAt.reduce((latest, time) => Math.max(latest, time), 0) / 60_000,
    'median wait s': percentile(waits, 0.5),
    'p99 wait s': percentile(waits, 0.99),
  };
}
