import type { Benchmark, Report } from '../report/benchmark';
import { formatNumber } from '../report/table';
import { atLeast, atMost } from '../report/target';
import type { Target } from '../report/target';
import { budgetFigures } from './budget-figures';
import type { DeliveryLog } from './delivery-log';
import { drainFigures } from './drain-figures';
import { driveEngine } from './drive-engine';
import type { RateLimit } from './rate-limit';
import { rowOfSender } from './row-of-sender';
import { simulateFifo } from './simulate-fifo';
import { makeTrace } from './trace';
import type { TraceEvent } from './trace';

const LIMIT: RateLimit = { requests: 1000, windowMs: 300_000 };
// What the relay puts into one upsert at most.
const EVENTS_PER_REQUEST = 500;
const SHAPE = { events: 100_000, users: 5_000, durationMs: 3_600_000, exponent: 1, seed: 20_260_302 };

/** Requests used and time to drain of an hour that brings more events than the limit allows requests; in virtual time. */
export const coalescing: Benchmark = { name: 'coalescing', run };

async function run(): Promise<Report> {
  const trace = makeTrace(SHAPE);
  const { log, refused } = await driveEngine(trace, LIMIT);
  const fifo = simulateFifo(
    trace.map(({ at }) => at),
    LIMIT,
  );
  return report(trace, log, refused, fifo);
}

function report(trace: readonly TraceEvent[], log: DeliveryLog, refused: number, fifo: readonly number[]): Report {
  const budget = budgetFigures(log, LIMIT);
  const drain = drainFigures(trace, log, SHAPE.durationMs, LIMIT, EVENTS_PER_REQUEST);
  const title = `${formatNumber(SHAPE.events)} events of ${formatNumber(SHAPE.users)} users in an hour, ${LIMIT.requests} requests per 300 s`;
  const targets: readonly Target[] = [
    atMost('events not delivered', log.left, 0),
    atMost('answers of 429', refused, 0),
    atMost('% of the limit used in any 300 s', budget.mostUsedPercent, 100),
    atLeast('% of the limit used in 300 s while something waits', budget.leastUsedPercent, 99),
    atMost('requests in the fullest 10 s after the first window ÷ even share', budget.unevenness, 1.1),
    atMost('requests for one user after the end beyond one for 500 of its events', drain.excessAtMost, 0),
    atMost('time to drain ÷ (users pending at the end ÷ rate)', drain.seconds / drain.evenSeconds, 1.05),
  ];
  return {
    tables: [
      {
        title: `coalescing: ${title}`,
        rows: [
          rowOfSender('one request per event', trace, fifo, trace.length),
          rowOfSender('relay', trace, log.arrivedAt, log.requests.length),
        ],
      },
      {
        title: 'coalescing: the drain after the end',
        rows: [
          {
            'users pending': drain.usersPending,
            'drained after s': drain.seconds,
            'users ÷ rate s': drain.evenSeconds,
            'requests for one user at most': drain.requestsPerUserAtMost,
            'events sent twice': log.repeated,
          },
        ],
      },
    ],
    targets,
  };
}
