import { Estimator } from './estimate';

const LIMIT = { requests: 1_000, windowMs: 300_000 };
// All is handed over before anything is sent.
const AT_ONCE = 1e9;

function estimate(events: readonly object[]) {
  const estimator = Estimator.withDefaults(LIMIT, AT_ONCE);
  events.forEach((event, index) => {
    const complete = { messageId: `m${index}`, timestamp: '2025-03-01T00:00:00Z', ...event };
    estimator.take({
      kind: 'event',
      file: 0,
      place: index + 1,
      text: JSON.stringify(complete),
      event: complete,
      at: 0,
    });
  });
  return estimator.end();
}

function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const identify = (userId: string, more: object = {}) => ({ type: 'identify', userId, ...more });
const track = (userId: string, more: object = {}) => ({ type: 'track', userId, event: 'E', ...more });

describe(Estimator.name, () => {
  it('counts one request for all that waits for a user', () => {
    const { requests, lookUps, fates, users } = estimate([
      identify('u1'),
      ...times(499, () => track('u1')),
      identify('u2'),
      identify('u2'),
    ]);
    expect({ requests, lookUps, users }).toEqual({ requests: 2, lookUps: 0, users: 2 });
    expect(fates).toEqual([{ outcome: 'delivered', reason: '', events: 502 }]);
  });

  it.each([
    [500, 1],
    [501, 2],
    // A turn of the relay has 1,000 calls, the Identify among them: 500 and 499 events, then 1.
    [1_000, 3],
  ])('counts for %d events of a user %d requests', (events, requests) => {
    expect(estimate([identify('u1'), ...times(events, () => track('u1'))]).requests).toBe(requests);
  });

  it('tells what becomes of events, why, and what is left out of them', () => {
    const { fates, tally, warnings, types } = estimate([
      identify('u1', { traits: { email: 'no address', plan: null } }),
      track('u1', { event: ' ' }),
      { type: 'page', anonymousId: 'a1' },
      { type: 'group', userId: 'u1' },
      { type: 'merge' },
    ]);
    expect(fates).toEqual([
      { outcome: 'rejected', reason: 'blank_event_name', events: 1 },
      { outcome: 'unsupported', reason: 'anonymous_user', events: 1 },
      { outcome: 'unsupported', reason: 'unsupported_type', events: 1 },
      { outcome: 'delivered', reason: '', events: 1 },
    ]);
    expect(tally).toEqual({ handedOver: 4, refused: 1, leftOut: 0, broken: 1 });
    expect([...warnings]).toEqual([
      ['invalid_email', 1],
      ['cannot_unset', 1],
    ]);
    expect([...types]).toEqual([
      ['identify', 1],
      ['track', 1],
      ['page', 1],
      ['group', 1],
    ]);
  });

  it('counts users whom nothing identifies apart: they are looked up', () => {
    const { requests, lookUps, strangers, fates } = estimate([
      ...times(90, (index) => identify(`u${index}`)),
      track('s1'),
      track('s1'),
    ]);
    expect({ requests, lookUps, strangers }).toEqual({ requests: 90, lookUps: 1, strangers: 1 });
    expect(fates).toContainEqual({ outcome: 'waits', reason: 'unknown_user', events: 2 });
  });

  it('counts what waits before a Delete as deleted, a hundred Deletes as one request, and an Alias as three', () => {
    const { requests, fates } = estimate([
      ...times(150, (index) => identify(`d${index}`)),
      ...times(150, (index) => ({ type: 'delete', userId: `d${index}` })),
      identify('old'),
      { type: 'alias', userId: 'new', previousId: 'old' },
    ]);
    expect(requests).toBe(2 + 1 + 3);
    expect(fates).toEqual([
      { outcome: 'filtered', reason: 'user_deleted', events: 150 },
      { outcome: 'delivered', reason: '', events: 152 },
    ]);
  });

  it('counts the users of each month', () => {
    const { months } = estimate([
      identify('u1'),
      track('u1', { timestamp: '2024-12-31T23:59:59Z' }),
      track('u1', { timestamp: '2025-01-01T00:00:00Z' }),
      identify('u2', { timestamp: '2025-01-15' }),
    ]);
    expect([...months]).toEqual([
      ['2024-12', 1],
      ['2025-01', 2],
      ['2025-03', 1],
    ]);
  });
});
