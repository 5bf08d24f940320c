import type { LoadResult } from '../load/load-plan';
import { median } from '../report/percentile';
import type { Row } from '../report/table';

/** What was measured of a server under a load. */
export interface Measured extends LoadResult {
  /** CPU time of the server for an event, microseconds. */
  readonly cpuPerEvent: number;
}

export interface Comparison {
  readonly rows: readonly Row[];
  /** Events/s of the relay ÷ events/s of the baseline: the median of the rounds' ratios. */
  readonly rate: number;
  /** The same of CPU time an event. */
  readonly cpu: number;
}

/** Puts the rounds of two servers side by side; both were measured one after the other in each round. */
export function compare(relay: readonly Measured[], raw: readonly Measured[]): Comparison {
  const ofRounds = (column: keyof Measured): readonly number[] =>
    relay.map((result, round) => result[column] / (raw[round]?.[column] ?? NaN));
  const ratios = rowOf('relay ÷ raw', ofRounds);
  return {
    rows: [
      rowOf('raw node:http + better-sqlite3', (column) => raw.map((result) => result[column])),
      rowOf('relay', (column) => relay.map((result) => result[column])),
      ratios,
    ],
    rate: ratios['events/s'],
    cpu: ratios['CPU µs/event'],
  };
}

function rowOf(server: string, ofRounds: (column: keyof Measured) => readonly number[]) {
  return {
    server,
    'events/s': median(ofRounds('eventsPerSecond')),
    'CPU µs/event': median(ofRounds('cpuPerEvent')),
    'p50 ms': median(ofRounds('p50Ms')),
    'p99 ms': median(ofRounds('p99Ms')),
  };
}
