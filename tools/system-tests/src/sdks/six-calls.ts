import type { EventRecord } from '@segment-userleap/relay-driver';
import type { SdkRelay } from './sdk-relay';

const CARRIED = {
  attributes: expect.objectContaining({ firstName: 'Laura', lastName: 'Gibbon' }),
  events: [expect.objectContaining({ event: 'Clicked Button' }), expect.objectContaining({ event: 'pageview' })],
};

/** What becomes of one call of each kind, sorted as `endsOf` sorts. */
export const ENDS_OF_SIX_CALLS = [
  ['alias', 'delivered', null],
  ['group', 'unsupported', 'unsupported_type'],
  ['identify', 'delivered', null],
  ['page', 'delivered', null],
  ['screen', 'unsupported', 'unsupported_type'],
  ['track', 'delivered', null],
];

/** What UserLeap knows after them: the user, and the new one that the alias carried it over to. */
export const USERS_OF_SIX_CALLS = [
  expect.objectContaining({ externalUserId: 'laura', ...CARRIED }),
  expect.objectContaining({ externalUserId: 'gibbon', ...CARRIED }),
];

/** Type, state and reason of each event, in the order of the types. */
export function endsOf(events: readonly EventRecord[]): readonly (readonly (string | null)[])[] {
  return events
    .map(({ type, state, reason }) => [type, state, reason])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

/** Names of the events that UserLeap has of the user, sorted by their number. */
export function eventsOfLaura(relay: SdkRelay): readonly string[] {
  const user = relay.users().find(({ externalUserId }) => externalUserId === 'laura');
  const names = user?.events.map(({ event }) => event) ?? [];
  return names.sort((a, b) => Number(a.split(' ')[1]) - Number(b.split(' ')[1]));
}

/** `Event 0` to `Event <last>`. */
export function eventNames(last: number): readonly string[] {
  return Array.from({ length: last + 1 }, (_, at) => `Event ${at}`);
}
