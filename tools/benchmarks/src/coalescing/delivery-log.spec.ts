import { DeliveryLog } from './delivery-log';
import type { TraceEvent } from './trace';

const TRACE: readonly TraceEvent[] = [
  { at: 1, user: 7, type: 'identify' },
  { at: 2, user: 7, type: 'track' },
  { at: 3, user: 8, type: 'identify' },
  { at: 4, user: 7, type: 'identify' },
];

describe(DeliveryLog.name, () => {
  it('finds the events of a request by their times, and the Identifies before the one that shows', () => {
    const log = new DeliveryLog(TRACE);
    log.note(10, { user: 7, identifiedAt: 4, eventsAt: [2] });
    expect(log.arrivedAt).toEqual([10, 10, NaN, 10]);
    expect(log).toMatchObject({ left: 1, repeated: 0 });
  });

  it('leaves out an Identify after the one that shows', () => {
    const log = new DeliveryLog(TRACE);
    log.note(10, { user: 7, identifiedAt: 1, eventsAt: [] });
    expect(log.arrivedAt).toEqual([10, NaN, NaN, NaN]);
  });

  it('counts what arrives again', () => {
    const log = new DeliveryLog(TRACE);
    for (const at of [10, 11]) log.note(at, { user: 7, identifiedAt: NaN, eventsAt: [2] });
    expect(log.repeated).toBe(1);
  });

  it('knows whether something was waiting at a time', () => {
    const log = new DeliveryLog(TRACE.slice(0, 3));
    log.note(3, { user: 7, identifiedAt: 1, eventsAt: [2] });
    log.note(8, { user: 8, identifiedAt: 3, eventsAt: [] });
    expect([1, 2, 3, 4, 7, 8].map((time) => log.isDueAt(time))).toEqual([false, true, false, true, true, false]);
  });
});
