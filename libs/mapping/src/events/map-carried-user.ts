import { parseTimestamp } from '@segment-userleap/segment-events';
import { codePointLength, isRecord } from '@segment-userleap/validation';
import { MAX_TEXT_LENGTH } from '@segment-userleap/userleap-api';
import type { UserEvent, UserProfile } from '@segment-userleap/userleap-api';
import type { UpsertOperation } from '../operation';
import type { Warning } from '../outcome';
import type { Settings } from '../settings/settings';
import { mapAttributes } from '../traits/map-attributes';
import { pickEmail } from '../traits/pick-email';

/** What an aliased user takes along to its new id. */
export interface CarriedUser extends Pick<UpsertOperation, 'emailAddress' | 'attributes' | 'events'> {
  readonly warnings: readonly Warning[];
}

/**
 * Events come with their first and last time, in order of time: enough for filters to keep working. `now` (epoch
 * milliseconds) stands in for an event without a readable time.
 */
export function mapCarriedUser(profile: UserProfile, settings: Settings, now: number): CarriedUser {
  const warnings: Warning[] = [];
  const emailAddress = pickEmail([profile.emailAddress, profile.email], settings, warnings);
  return {
    ...(emailAddress === undefined ? {} : { emailAddress }),
    attributes: mapAttributes(profile.attributes ?? {}, settings, warnings),
    events: (profile.events ?? [])
      .flatMap((entry) => firstAndLast(entry, now))
      .sort((a, b) => a.timestamp - b.timestamp),
    warnings,
  };
}

function firstAndLast(entry: unknown, now: number): UserEvent[] {
  if (!isRecord(entry) || typeof entry.event !== 'string') return [];
  const { event } = entry;
  if (event.trim() === '' || codePointLength(event) > MAX_TEXT_LENGTH) return [];
  const first = parseTimestamp(entry.createdAt) ?? parseTimestamp(entry.updatedAt) ?? now;
  const last = parseTimestamp(entry.updatedAt) ?? first;
  return [...new Set([first, last])].map((timestamp) => ({ event, timestamp }));
}
