import { isNarrowed } from './event-filter';
import { parseRoute, toHash } from './route';
import { withField } from './with-field';

describe(parseRoute.name, () => {
  it('opens the overview where nothing is asked for', () => {
    expect(parseRoute('')).toEqual({ page: 'overview' });
    expect(parseRoute('#/')).toEqual({ page: 'overview' });
  });

  it('reads the filters of events, without blank ones and those that there are not', () => {
    const hash = '#/events?userId=a%2Fb+c%3F&state=rejected&reason=+&colour=red';
    expect(parseRoute(hash)).toEqual({ page: 'events', filter: { userId: 'a/b c?', state: 'rejected' } });
  });

  it('reads the number of an event', () => {
    expect(parseRoute('#/events/42')).toEqual({ page: 'event', id: 42 });
  });

  it.each(['#/nowhere', '#/events/0', '#/events/4x', '#/events/4/5', '#/waiting/4'])('knows no page at %s', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'not-found' });
  });
});

describe(toHash.name, () => {
  it.each([
    { page: 'overview' },
    { page: 'event', id: 7 },
    { page: 'events', filter: {} },
    { page: 'events', filter: { userId: 'a&b=c#d?e%', messageId: '+ ü', before: '12' } },
    { page: 'event-names', filter: { destination: 'one/two' } },
    { page: 'usage', filter: { destination: 'one', month: '2026-12' } },
    { page: 'waiting', filter: { userId: 'u', destination: 'one/two' } },
  ] as const)('gives an address that leads back: %j', (route) => {
    expect(parseRoute(toHash(route))).toEqual(route);
  });
});

describe(isNarrowed.name, () => {
  it('does not count a page of the list', () => {
    expect(isNarrowed({ before: '12' })).toBe(false);
    expect(isNarrowed({ before: '12', state: 'pending' })).toBe(true);
  });
});

describe(withField.name, () => {
  it('sets a field, and takes a blank one away', () => {
    expect(withField({ a: '1' }, 'a', '2')).toEqual({ a: '2' });
    expect(withField({ a: '1', b: '2' }, 'a', '')).toEqual({ b: '2' });
    expect(withField({ a: '1' }, 'a', undefined)).toEqual({});
  });
});
