import { countsWhileDue, mostInAnyWindow } from './budget-use';
import type { DeliveryLog } from './delivery-log';
import type { RateLimit } from './rate-limit';

const SHORT_MS = 10_000;

export interface BudgetFigures {
  /** Of the limit, in the fullest window wherever it begins. */
  readonly mostUsedPercent: number;
  /** Of the limit, in windows from the first request on, while something waits. */
  readonly leastUsedPercent: number;
  /** Requests in the fullest 10 s after the first window, by what an even pace sends in them. */
  readonly unevenness: number;
}

export function budgetFigures(log: DeliveryLog, { requests, windowMs }: RateLimit): BudgetFigures {
  const times = log.requests.map(({ at }) => at);
  const counts = countsWhileDue(times, windowMs, (time) => log.isDueAt(time));
  const afterBurst = times.filter((time) => time >= (times[0] ?? 0) + windowMs);
  return {
    mostUsedPercent: (mostInAnyWindow(times, windowMs) / requests) * 100,
    leastUsedPercent: (Math.min(...counts) / requests) * 100,
    unevenness: mostInAnyWindow(afterBurst, SHORT_MS) / ((requests * SHORT_MS) / windowMs),
  };
}
