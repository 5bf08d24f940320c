import type { Benchmark, Report } from '../report/benchmark';
import type { Table } from '../report/table';
import { atLeast, atMost } from '../report/target';
import type { Target } from '../report/target';
import { estimateHistory } from './estimate-history';
import { measureHandOver } from './hand-over';
import { makeHistory } from './made-history';
import { playHistory } from './play-history';

const LIMIT = { requests: 1000, windowMs: 300_000 };
const EVENTS_PER_SECOND = 8_000;
const EVENTS = 1_000_000;
const FILES = 200;
const SHAPES = [
  { events: 20_000, users: 2_000, strangers: 0 },
  { events: 20_000, users: 1_500, strangers: 0.05 },
  { events: 60_000, users: 100, strangers: 0 },
] as const;

interface Part {
  readonly table: Table;
  readonly targets: readonly Target[];
}

/** What the dry run of a backfill says, beside what then happens; and a hand-over that is killed again and again. */
export const backfill: Benchmark = { name: 'backfill', run };

async function run(): Promise<Report> {
  const [said, handed] = [await dryRun(), await handOver()];
  return { tables: [said.table, handed.table], targets: [...said.targets, ...handed.targets] };
}

async function dryRun(): Promise<Part> {
  const rows = [];
  const targets = [];
  for (const shape of SHAPES) {
    const history = [...makeHistory(shape)];
    const estimate = estimateHistory(history, LIMIT, EVENTS_PER_SECOND);
    const delivered = estimate.fates.find(({ outcome }) => outcome === 'delivered')?.events ?? 0;
    const played = await playHistory(history, { limit: LIMIT, eventsPerSecond: EVENTS_PER_SECOND, delivered });
    const name = `${shape.events} events of ${shape.users} users`;
    const said = estimate.requests + estimate.lookUps;
    rows.push({
      history: name,
      'requests, dry run': said,
      'requests, played': played.requests,
      'look-ups, dry run': estimate.lookUps,
      'look-ups, played': played.lookUps,
      'minutes, dry run': estimate.ms / 60_000,
      'minutes, played': played.ms / 60_000,
    });
    targets.push(
      atMost(`${name}: dry run's requests are off by`, Math.abs(said / played.requests - 1), 0.05),
      atMost(`${name}: dry run's time is off by`, Math.abs(estimate.ms / played.ms - 1), 0.05),
      atMost(`${name}: answers of 429`, played.refused, 0),
    );
  }
  return { table: { title: 'backfill: dry run and relay, 1000 requests per 300 s, in virtual time', rows }, targets };
}

async function handOver(): Promise<Part> {
  const events = Number(process.env.EVENTS ?? EVENTS);
  const size = { events, users: events / 20, files: FILES };
  const measured = await measureHandOver(size);
  const { eventsPerSecond, intakePerSecond, peakMegabytes, kills, countOff, reportOff, arrivedOff } = measured;
  const ratio = eventsPerSecond / intakePerSecond;
  const row = {
    'handed over/s': eventsPerSecond,
    'intake/s': intakePerSecond,
    'handed over ÷ intake': ratio,
    'MB of memory at most': peakMegabytes,
    kills,
  };
  return {
    table: { title: `backfill: ${events} events of ${size.users} users in ${FILES} gzip files`, rows: [row] },
    targets: [
      atLeast('handed over/s ÷ intake of batches of 100', ratio, 0.7),
      atMost('MB of memory at most', peakMegabytes, 150),
      atLeast('kills', kills, 3),
      atMost('events that the count is off by', Math.abs(countOff), 0),
      atMost('lines that the report is off by', Math.abs(reportOff), 0),
      atMost('events that arrived too often or not at all', Math.abs(arrivedOff), 0),
    ],
  };
}
