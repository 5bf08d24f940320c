import { parseTimestamp } from '@segment-userleap/segment-events';
import { isLongerThan, isRecord, toWellFormed } from '@segment-userleap/validation';
import { MAX_TEXT_LENGTH } from '@segment-userleap/userleap-api';
import type { UserEvent, UserProfile } from '@segment-userleap/userleap-api';
import type { UpsertOperation } from '../operation';

/** What an upsert tells UserLeap of its user. */
export type UserUpdate = Pick<UpsertOperation, 'emailAddress' | 'attributes' | 'events'>;

/** When an event happened first and last, epoch milliseconds. */
export interface Occurrences {
  readonly first: number;
  readonly last: number;
}

/** What UserLeap has, or is about to have, of a user. It is someone's data: addresses and values are not checked. */
export interface UserState {
  /** The places where an address can be, the one that counts first. */
  readonly addresses: readonly unknown[];
  readonly attributes: ReadonlyMap<string, unknown>;
  readonly events: ReadonlyMap<string, Occurrences>;
}

/** The attribute under which the vendor's own SDKs keep the address. */
export const EMAIL_ATTRIBUTE = '!email';

export const NOTHING_KNOWN: UserState = { addresses: [], attributes: new Map(), events: new Map() };

/** What a look-up says. `now` (epoch milliseconds) stands in for an event without a readable time. */
export function readUserState(profile: UserProfile, now: number): UserState {
  const attributes = new Map(Object.entries(profile.attributes ?? {}));
  const events = (profile.events ?? []).flatMap((entry) => readOccurrences(entry, now));
  return {
    addresses: [profile.emailAddress, profile.email, attributes.get(EMAIL_ATTRIBUTE)],
    attributes,
    events: addEvents(new Map(), events),
  };
}

/** The state once UserLeap has applied these updates, given in the order in which they are applied. */
export function updateUserState(state: UserState, updates: readonly UserUpdate[]): UserState {
  const addresses = updates.flatMap(({ emailAddress }) => emailAddress ?? []).reverse();
  return {
    addresses: [...addresses, ...state.addresses],
    attributes: new Map([...state.attributes, ...updates.flatMap(({ attributes }) => [...attributes])]),
    events: addEvents(
      state.events,
      updates.flatMap(({ events }) => events),
    ),
  };
}

function addEvents(known: UserState['events'], events: readonly UserEvent[]): UserState['events'] {
  const all = new Map(known);
  for (const { event, timestamp } of events) {
    const { first, last } = all.get(event) ?? { first: timestamp, last: timestamp };
    all.set(event, { first: Math.min(first, timestamp), last: Math.max(last, timestamp) });
  }
  return all;
}

function readOccurrences(entry: unknown, now: number): UserEvent[] {
  if (!isRecord(entry) || typeof entry.event !== 'string') return [];
  const event = toWellFormed(entry.event);
  if (event.trim() === '' || isLongerThan(event, MAX_TEXT_LENGTH)) return [];
  const first = parseTimestamp(entry.createdAt) ?? parseTimestamp(entry.updatedAt) ?? now;
  const last = parseTimestamp(entry.updatedAt) ?? first;
  return [first, last].map((timestamp) => ({ event, timestamp }));
}
