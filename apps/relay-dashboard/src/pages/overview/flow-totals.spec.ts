import { eventsPerRequest, totalOf } from './flow-totals';

const QUIET = {
  at: '2026-01-01T00:00:00Z',
  accepted: 0,
  delivered: 0,
  filtered: 0,
  unsupported: 0,
  rejected: 0,
  requests: 0,
  waiting: null,
  longestWaitSeconds: null,
};

describe(totalOf.name, () => {
  it('adds up each outcome by itself', () => {
    const totals = totalOf([
      { ...QUIET, accepted: 5, delivered: 3, requests: 1 },
      { ...QUIET, accepted: 2, delivered: 1, rejected: 1, requests: 2 },
    ]);
    expect(totals).toEqual({ accepted: 7, delivered: 4, filtered: 0, unsupported: 0, rejected: 1, requests: 3 });
  });
});

describe(eventsPerRequest.name, () => {
  it('divides what was delivered by the requests', () => {
    expect(eventsPerRequest({ delivered: 9, requests: 2 })).toBe(4.5);
  });

  it('is nothing where no request was made', () => {
    expect(eventsPerRequest({ delivered: 0, requests: 0 })).toBeNull();
  });
});
