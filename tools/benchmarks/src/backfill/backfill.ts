import type { Benchmark, Report } from '../report/benchmark';
import { atMost } from '../report/target';
import { estimateHistory } from './estimate-history';
import { makeHistory } from './made-history';
import { playHistory } from './play-history';

const LIMIT = { requests: 1000, windowMs: 300_000 };
const EVENTS_PER_SECOND = 8_000;
const SHAPES = [
  { events: 40_000, users: 4_000, strangers: 0 },
  { events: 100_000, users: 5_000, strangers: 0.05 },
  { events: 60_000, users: 100, strangers: 0 },
] as const;

/** What the dry run of a backfill says, beside what then happens; and a hand-over that is killed again and again. */
export const backfill: Benchmark = { name: 'backfill', run };

async function run(): Promise<Report> {
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
  return {
    tables: [{ title: 'backfill: dry run and relay, 1000 requests per 300 s, in virtual time', rows }],
    targets,
  };
}
