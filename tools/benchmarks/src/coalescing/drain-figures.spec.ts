import { DeliveryLog } from './delivery-log';
import { drainFigures } from './drain-figures';
import type { TraceEvent } from './trace';

const LIMIT = { requests: 1, windowMs: 20_000 };

describe(drainFigures.name, () => {
  it('looks at what was pending at the end only', () => {
    const trace: readonly TraceEvent[] = [1, 2, 3].map((at) => ({ at, user: at, type: 'identify' }));
    const log = new DeliveryLog(trace);
    log.note(5, { user: 1, identifiedAt: 1, eventsAt: [] });
    log.note(20_010, { user: 2, identifiedAt: 2, eventsAt: [] });
    log.note(40_010, { user: 3, identifiedAt: 3, eventsAt: [] });
    expect(drainFigures(trace, log, 10, LIMIT, 2)).toEqual({
      usersPending: 2,
      requestsPerUserAtMost: 1,
      excessAtMost: 0,
      seconds: 40,
      evenSeconds: 40,
    });
  });

  it.each([
    ['as few requests as its events need', [[1, 2], [3]], 2, 0],
    ['a request too many', [[1], [2], [3]], 3, 1],
  ])('counts, of a user with more than a request holds, %s', (_, requests, requestsPerUserAtMost, excessAtMost) => {
    const trace: readonly TraceEvent[] = [1, 2, 3].map((at) => ({ at, user: 7, type: 'track' }));
    const log = new DeliveryLog(trace);
    for (const eventsAt of requests) log.note(20, { user: 7, identifiedAt: NaN, eventsAt });
    expect(drainFigures(trace, log, 10, LIMIT, 2)).toMatchObject({ requestsPerUserAtMost, excessAtMost });
  });
});
