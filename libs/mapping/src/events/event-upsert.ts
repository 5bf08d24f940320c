import { isLongerThan, toWellFormed } from '@segment-userleap/validation';
import { MAX_TEXT_LENGTH } from '@segment-userleap/userleap-api';
import type { CommonFields } from '@segment-userleap/segment-events';
import type { Mapped } from '../mapped';
import { operation, settled } from '../mapped';
import { REASONS } from '../reasons';
import { eventTimes } from './event-times';

/** The operation that adds one occurrence of each name to a user; it never creates the user. */
export function eventUpsert(event: CommonFields, userId: string, names: readonly string[], now: number): Mapped {
  const { times, warnings } = eventTimes(event, now);
  return operation(
    {
      kind: 'upsert',
      userId,
      createsUser: false,
      attributes: new Map(),
      events: names.map((name) => ({ event: toWellFormed(name), timestamp: times.at })),
      ...times,
    },
    warnings,
  );
}

/** The outcome of an event whose name UserLeap cannot hold; `field` is where the name came from. */
export function refuseEventName(field: string, name: string): (Mapped & { kind: 'settled' }) | undefined {
  if (name === '') return settled('rejected', 'blank_event_name', `${field}: ${REASONS.blank_event_name}`);
  if (!isLongerThan(name, MAX_TEXT_LENGTH)) return undefined;
  return settled('rejected', 'event_name_too_long', `${field}: ${REASONS.event_name_too_long}`);
}
