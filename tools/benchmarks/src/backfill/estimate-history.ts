import { Estimator } from '@segment-userleap/backfill';
import type { Estimate } from '@segment-userleap/backfill';
import type { RateLimit } from '../coalescing/rate-limit';
import type { HistoryEvent } from './made-history';

/** What the dry run says of a history. */
export function estimateHistory(history: Iterable<HistoryEvent>, limit: RateLimit, eventsPerSecond: number): Estimate {
  const estimator = Estimator.withDefaults(limit, eventsPerSecond);
  let place = 0;
  for (const event of history) {
    place += 1;
    estimator.take({ file: 0, place, kind: 'event', text: JSON.stringify(event), event, at: undefined });
  }
  return estimator.end();
}
