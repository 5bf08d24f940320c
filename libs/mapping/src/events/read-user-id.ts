import { expectedText, isLongerThan, isWellFormed } from '@segment-userleap/validation';
import { MAX_TEXT_LENGTH } from '@segment-userleap/userleap-api';
import type { Mapped } from '../mapped';
import { settled } from '../mapped';
import type { ReasonCode } from '../reasons';
import { REASONS } from '../reasons';
import type { Settings } from '../settings/settings';
import { decimalText } from './decimal-text';
import { readPlace } from './read-place';

type Settled = Mapped & { kind: 'settled' };
/** An id as text; undefined where there is none: absent, null or blank; or the outcome of an event whose id cannot be used. */
export type ReadId = string | undefined | Settled;
type IdSettings = Pick<Settings, 'userIdFields' | 'acceptOddIds'>;

// What programs write where they have no id. All who get it would share one profile.
const ODD_IDS = new Set(['undefined', 'null', '[object object]', 'nan', 'none', 'true', 'false']);

/**
 * Whose the event is, by the first place of the setting `userIdFields` that has something in it. The one decision: what is sent,
 * where an event waits, and whom it is erased with all go by it.
 */
export function readUserId(event: unknown, settings: IdSettings): ReadId {
  const { place, value } = findUserId(event, settings);
  return readId(place, value, settings);
}

/** The user of an event, or the outcome of an event without one that UserLeap can know. */
export function requireUserId(event: unknown, settings: IdSettings): string | Settled {
  const userId = readUserId(event, settings);
  if (userId !== undefined) return userId;
  // Normal traffic of a web site: no error, no alarm.
  if (!hasAnonymousId(event)) return refuseMissing(settings);
  return settled('unsupported', 'anonymous_user', `${placesOf(settings)}: ${REASONS.anonymous_user}`);
}

/** The outcome of an event without a user id. */
export function refuseMissing(settings: Pick<Settings, 'userIdFields'>): Settled {
  return settled('rejected', 'missing_user_id', `${placesOf(settings)}: ${REASONS.missing_user_id}`);
}

function placesOf({ userIdFields }: Pick<Settings, 'userIdFields'>): string {
  return userIdFields.join(', ');
}

/** Whose a record is that UserLeap does not get, as far as that can be told: so that it is found, and erased with its user. */
export function userIdOf(event: unknown, settings: IdSettings): string | undefined {
  return toText(findUserId(event, settings).value);
}

/** An id as it came, spaces included; `field` is where it stands. Never cut: another id is another user. */
export function readId(field: string, value: unknown, { acceptOddIds }: Pick<Settings, 'acceptOddIds'>): ReadId {
  if (isBlank(value)) return undefined;
  const refuse = (reason: ReasonCode, sentence: string = REASONS[reason]): Settled =>
    settled('rejected', reason, `${field}: ${sentence}`);
  const id = toText(value);
  if (id === undefined) {
    return Number.isFinite(value)
      ? refuse('inexact_user_id')
      : refuse('invalid_event', expectedText('a string or a finite number', value));
  }
  // URL parsers resolve "." and ".." (percent-encoded or not) as folders: such a user cannot be looked up.
  if (!isWellFormed(id) || id === '.' || id === '..') {
    return refuse('invalid_event', 'expected an id of well-formed Unicode other than "." and ".."');
  }
  if (isLongerThan(id, MAX_TEXT_LENGTH)) return refuse('user_id_too_long');
  return acceptOddIds || !ODD_IDS.has(id.trim().toLowerCase()) ? id : refuse('not_an_id');
}

/** The event's anonymous id as text; undefined where there is none, or none that can be read. */
export function readAnonymousId(event: unknown): string | undefined {
  const value = readPlace(event, 'anonymousId');
  return isBlank(value) ? undefined : toText(value);
}

/** A number that may have lost digits says as well that somebody is there: nobody is looked up by it. */
function hasAnonymousId(event: unknown): boolean {
  return readAnonymousId(event) !== undefined || Number.isFinite(readPlace(event, 'anonymousId'));
}

function findUserId(event: unknown, { userIdFields }: IdSettings): { place: string; value: unknown } {
  for (const place of userIdFields) {
    const value = readPlace(event, place);
    if (!isBlank(value)) return { place, value };
  }
  return { place: '', value: undefined };
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'number') return decimalText(value);
  return typeof value === 'string' ? value : undefined;
}
