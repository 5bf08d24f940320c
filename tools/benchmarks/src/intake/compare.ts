import type { LoadResult } from '../load/load-plan';
import { median } from '../report/percentile';
import type { Row } from '../report/table';

export interface Comparison {
  readonly rows: readonly Row[];
  /** Events/s of the relay ÷ events/s of the baseline: the median of the rounds' ratios. */
  readonly ratio: number;
}

/** Puts the rounds of two servers side by side; both were measured one after the other in each round. */
export function compare(relay: readonly LoadResult[], raw: readonly LoadResult[]): Comparison {
  const ofRounds = (column: keyof LoadResult): readonly number[] =>
    relay.map((result, round) => result[column] / (raw[round]?.[column] ?? NaN));
  const ratios = {
    server: 'relay ÷ raw',
    'events/s': median(ofRounds('eventsPerSecond')),
    'p50 ms': median(ofRounds('p50Ms')),
    'p99 ms': median(ofRounds('p99Ms')),
  };
  return {
    rows: [rowOf('raw fastify + better-sqlite3', raw), rowOf('relay', relay), ratios],
    ratio: ratios['events/s'],
  };
}

function rowOf(server: string, results: readonly LoadResult[]): Row {
  return {
    server,
    'events/s': median(results.map(({ eventsPerSecond }) => eventsPerSecond)),
    'p50 ms': median(results.map(({ p50Ms }) => p50Ms)),
    'p99 ms': median(results.map(({ p99Ms }) => p99Ms)),
  };
}
