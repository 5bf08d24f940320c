import type { NewEvent } from '../../outbox/port/outbox.port';
import type { Alert } from './alert';
import { AlertObserver } from './alert-observer';

const EVENT = { destination: 'eu', messageId: 'm', type: 'track', body: '{}', acceptedAt: 0 };
const REJECTED: NewEvent = {
  ...EVENT,
  fate: {
    userId: 'u',
    outcome: { outcome: 'rejected', reason: 'blank_event_name', message: 'event: expected a name', warnings: [] },
  },
};
const FILTERED: NewEvent = {
  ...EVENT,
  fate: {
    userId: 'u',
    outcome: { outcome: 'filtered', reason: 'event_denied', message: 'event: denied', warnings: [] },
  },
};

describe(AlertObserver.name, () => {
  const told: Alert[] = [];
  let observer: AlertObserver;

  beforeEach(() => {
    told.length = 0;
    observer = new AlertObserver({ tell: (alert) => void told.push(alert) });
  });

  it('tells of an event of a batch that is a dead letter at once, without a turn', () => {
    observer.accepted([FILTERED, REJECTED]);
    expect(told).toMatchObject([{ kind: 'dead_letters', destination: 'eu', reason: 'blank_event_name', count: 1 }]);
  });

  it('speaks of one dead letter as of one', () => {
    observer.accepted([REJECTED]);
    expect(told[0]?.text).toBe(
      'An event for eu became a dead letter (blank_event_name). It is kept, and can be replayed.',
    );
  });

  it('speaks of several as of several', () => {
    observer.ended('eu', 'rejected', [{ type: 'track', reason: 'expired', count: 3 }]);
    expect(told[0]?.text).toBe('3 events for eu became dead letters (expired). They are kept, and can be replayed.');
  });
});
