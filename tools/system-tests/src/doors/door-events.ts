/** Events as any door takes them, in this order. Without `sentAt`, so that no door corrects their times. */
export const DOOR_EVENTS: readonly DoorEvent[] = [
  event('identify', {
    userId: 'ann',
    traits: { email: 'ann@example.com', plan: 'pro', logins: 3, address: { city: 'Århus' }, tags: ['a', 'b'] },
  }),
  event('track', { userId: 'ann', event: 'Item Bought', properties: { price: 1.5 } }),
  event('page', { userId: 'ann', name: 'Home', properties: { url: 'https://shop.example/' } }),
  event('identify', { userId: 42, traits: { ratio: 0, isActive: false }, context: { traits: { email: 'b@example.com' } } }),
  event('track', { userId: 'ann', event: 'Clicked', timestamp: undefined, originalTimestamp: '2026-01-02T03:04:05.678Z' }),
  event('identify', { userId: 'ann', traits: { plan: 'basic' }, integrations: { Sprig: false } }),
  event('page', { anonymousId: 'nobody' }),
  event('alias', { userId: 'anna', previousId: 'ann' }),
  event('group', { userId: 'anna', groupId: 'g1' }),
  event('screen', { userId: 'anna', name: 'Start' }),
  event('delete', { userId: 'anna' }),
]; // prettier-ignore

/** What UserLeap gets of them. */
export const DOOR_REQUESTS: readonly string[] = [
  'POST /v2/users {"userId":"ann","emailAddress":"ann@example.com","attributes":{"plan":"pro","logins":3,"address.city":"Århus","tags":"a,b"}}',
  'POST /v2/users {"userId":"ann","events":[{"event":"Item Bought","timestamp":1768471200000}]}',
  'POST /v2/users {"userId":"ann","events":[{"event":"pageview","timestamp":1768471200000}]}',
  'POST /v2/users {"userId":"42","emailAddress":"b@example.com","attributes":{"ratio":0,"isActive":false}}',
  'POST /v2/users {"userId":"ann","events":[{"event":"Clicked","timestamp":1767323045678}]}',
  'GET /v2/users/ann',
  'POST /v2/users {"userId":"anna","emailAddress":"ann@example.com","attributes":{"plan":"pro","logins":3,"address.city":"Århus","tags":"a,b"},"events":[{"event":"Clicked","timestamp":1767323045678},{"event":"Item Bought","timestamp":1768471200000},{"event":"pageview","timestamp":1768471200000}]}',
  'POST /v2/purge/visitors {"userIds":["anna"]}',
];

/** What becomes of them: type, state, reason. */
export const DOOR_OUTCOMES: readonly (readonly [type: string, state: string, reason: string | null])[] = [
  ['identify', 'delivered', null],
  ['track', 'delivered', null],
  ['page', 'delivered', null],
  ['identify', 'delivered', null],
  ['track', 'delivered', null],
  ['identify', 'filtered', 'integration_disabled'],
  ['page', 'unsupported', 'anonymous_user'],
  ['alias', 'delivered', null],
  ['group', 'unsupported', 'unsupported_type'],
  ['screen', 'unsupported', 'unsupported_type'],
  ['delete', 'delivered', null],
];

/** Of these, a door for single webhook events says that UserLeap has no place for them. */
export function isUnsupported(at: number): boolean {
  return DOOR_OUTCOMES[at]?.[1] === 'unsupported';
}

export interface DoorEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

function event(type: string, fields: Readonly<Record<string, unknown>>): DoorEvent {
  return { type, timestamp: '2026-01-15T10:00:00.000Z', ...fields };
}
