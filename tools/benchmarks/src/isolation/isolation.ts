import type { Benchmark, Report } from '../report/benchmark';
import { median, percentile } from '../report/percentile';
import { atMost } from '../report/target';
import { measureLatencies } from './measure-latencies';
import type { Neighbour } from './measure-latencies';

const ROUNDS = 3;

/** Is a destination slower because another one refuses everything? */
export const isolation: Benchmark = { name: 'isolation', run };

async function run(): Promise<Report> {
  const rounds: Record<Neighbour, number[]>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ healthy: await measureLatencies('healthy'), unauthorized: await measureLatencies('unauthorized') });
  }
  const of = (neighbour: Neighbour, share: number): number =>
    median(rounds.map((latencies) => percentile(latencies[neighbour], share)));
  const ratioOf = (share: number): number =>
    median(rounds.map(({ healthy, unauthorized }) => percentile(unauthorized, share) / percentile(healthy, share)));

  const rows = [
    { 'other destination': 'healthy', 'p50 ms': of('healthy', 0.5), 'p99 ms': of('healthy', 0.99) },
    { 'other destination': 'answers 401', 'p50 ms': of('unauthorized', 0.5), 'p99 ms': of('unauthorized', 0.99) },
    { 'other destination': 'ratio', 'p50 ms': ratioOf(0.5), 'p99 ms': ratioOf(0.99) },
  ];
  return {
    tables: [
      {
        title: `isolation: from the source's call to UserLeap, of a healthy destination, median of ${ROUNDS} rounds`,
        rows,
      },
    ],
    targets: [
      // A quarter more is within what two equal rounds differ by.
      atMost('median latency next to a destination that answers 401 ÷ next to a healthy one', ratioOf(0.5), 1.25),
    ],
  };
}
