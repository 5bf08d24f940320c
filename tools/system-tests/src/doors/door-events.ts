/** The user that UserLeap knows before, so that nobody has to wait until it shows what it was just told. */
export const EARLIER_USER = {
  userId: 'guest',
  emailAddress: 'guest@example.com',
  attributes: { plan: 'free', seats: 2 },
  events: [{ event: 'Visited', timestamp: 1_767_225_600_000 }],
};

/**
 * Events as any door takes them, in this order, with what UserLeap gets of each and what becomes of it. Without `sentAt`, so
 * that no door corrects their times; with ids that every host reads alike (all digits of longer ones only the relay sees).
 */
export const DOOR_CASES: readonly DoorCase[] = [
  {
    event: event('identify', {
      userId: 'ann',
      traits: { email: 'ann@example.com', plan: 'pro', logins: 3, address: { city: 'Århus' }, tags: ['a', 'b'] },
    }),
    requests: [
      'POST /v2/users {"userId":"ann","emailAddress":"ann@example.com","attributes":{"plan":"pro","logins":3,"address.city":"Århus","tags":"a,b"}}',
    ],
  },
  told(event('track', { userId: 'ann', event: 'Item Bought', properties: { price: 1.5 } }), 'ann', 'Item Bought'),
  told(event('page', { userId: 'ann', name: 'Home', properties: { url: 'https://shop.example/' } }), 'ann', 'pageview'),
  told(event('page', { userId: 'ann', name: '', category: '', properties: [] }), 'ann', 'pageview'),
  told(
    event('page', { userId: 'ann', name: null, category: null, properties: null, context: null }),
    'ann',
    'pageview',
  ),
  told(event('screen', { userId: 'ann', name: 'Start', category: '' }), 'ann', 'Start'),
  told(event('screen', { userId: 'ann', name: '', properties: { name: ' Cart ' } }), 'ann', 'Cart'),
  { event: event('screen', { userId: 'ann', name: '' }), requests: [], state: 'rejected', reason: 'blank_event_name' },
  {
    event: event('identify', {
      userId: 42,
      traits: { ratio: 0, isActive: false },
      context: { traits: { email: 'b@example.com' } },
    }),
    requests: [
      'POST /v2/users {"userId":"42","emailAddress":"b@example.com","attributes":{"ratio":0,"isActive":false}}',
    ],
  },
  told(event('track', { userId: 42, event: 'Clicked', messageId: 7_001, anonymousId: 8 }), '42', 'Clicked'),
  { event: event('identify', { userId: 0, traits: [] }), requests: ['POST /v2/users {"userId":"0"}'] },
  told(
    timed({ timestamp: undefined, originalTimestamp: '2026-01-02T03:04:05.678Z' }),
    'ann',
    'Clicked',
    1_767_323_045_678,
  ),
  told(timed({ timestamp: '2026-01-02 05:04:05,678 +0200' }), 'ann', 'Clicked', 1_767_323_045_678),
  told(timed({ timestamp: 'Fri, 02 Jan 2026 03:04:05 GMT' }), 'ann', 'Clicked', 1_767_323_045_000),
  told(timed({ timestamp: '2026-01-02' }), 'ann', 'Clicked', 1_767_312_000_000),
  told(timed({ timestamp: 1_767_323_045.678 }), 'ann', 'Clicked', 1_767_323_045_678),
  told(timed({ timestamp: '1767323045678' }), 'ann', 'Clicked', 1_767_323_045_678),
  told(
    timed({ timestamp: '2026-2-02T00:30:08Z', originalTimestamp: '2026-01-02T03:04:05Z' }),
    'ann',
    'Clicked',
    1_767_323_045_000,
  ),
  {
    event: event('track', { userId: 'ann', event: '  ' }),
    requests: [],
    state: 'rejected',
    reason: 'blank_event_name',
  },
  { event: event('identify', { userId: 'null' }), requests: [], state: 'rejected', reason: 'not_an_id' },
  {
    event: event('identify', { userId: 'ann', traits: { plan: 'basic' }, integrations: { Sprig: false } }),
    requests: [],
    state: 'filtered',
    reason: 'integration_disabled',
  },
  told(
    event('track', { userId: 'ann', event: 'Listed', integrations: { All: false, 'Sprig Cloud': true } }),
    'ann',
    'Listed',
  ),
  { event: event('page', { anonymousId: 'nobody' }), requests: [], state: 'unsupported', reason: 'anonymous_user' },
  {
    event: event('alias', { userId: 'anna', previousId: 'guest' }),
    requests: [
      'GET /v2/users/guest',
      'GET /v2/users/anna',
      'POST /v2/users {"userId":"anna","emailAddress":"guest@example.com","attributes":{"plan":"free","seats":2},"events":[{"event":"Visited","timestamp":1767225600000}]}',
    ],
  },
  {
    event: event('alias', { userId: 'anna', previousId: 'a1', anonymousId: 'a1' }),
    requests: [],
    state: 'filtered',
    reason: 'nothing_to_alias',
  },
  {
    event: event('group', { userId: 'anna', groupId: 'g1' }),
    requests: [],
    state: 'unsupported',
    reason: 'unsupported_type',
  },
  {
    event: event('group', { userId: 'anna', groupId: null, traits: { name: 'Acme' } }),
    requests: [],
    state: 'unsupported',
    reason: 'unsupported_type',
  },
  {
    event: event('delete', { userId: 'anna', context: [], integrations: [] }),
    requests: ['POST /v2/purge/visitors {"userIds":["anna"]}'],
  },
];

/** Segment has sent this one to us; where Segment has not been, it is for others. */
export const ROUTED_CASE = told(
  event('track', { userId: 'ann', event: 'Routed', integrations: { All: false, Webhooks: true } }),
  'ann',
  'Routed',
);

/** The same where nobody has routed it. */
export const NOT_FOR_US_CASE: DoorCase = {
  ...ROUTED_CASE,
  requests: [],
  state: 'filtered',
  reason: 'integration_disabled',
};

export interface DoorCase {
  readonly event: DoorEvent;
  /** Method, path and body. */
  readonly requests: readonly string[];
  /** Delivered unless given. */
  readonly state?: 'delivered' | 'filtered' | 'unsupported' | 'rejected';
  readonly reason?: string | null;
}

export interface DoorEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

function event(type: string, fields: Readonly<Record<string, unknown>>): DoorEvent {
  return { type, timestamp: '2026-01-15T10:00:00.000Z', ...fields };
}

function timed(times: Readonly<Record<string, unknown>>): DoorEvent {
  return event('track', { userId: 'ann', event: 'Clicked', ...times });
}

/** An event of one user, who is known by then. */
function told(given: DoorEvent, userId: string, name: string, timestamp = 1_768_471_200_000): DoorCase {
  const body = { userId, events: [{ event: name, timestamp }] };
  return { event: given, requests: [`POST /v2/users ${JSON.stringify(body)}`] };
}
