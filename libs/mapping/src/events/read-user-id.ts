import { codePointLength } from '@segment-userleap/validation';
import { MAX_TEXT_LENGTH } from '@segment-userleap/userleap-api';
import type { CommonFields } from '@segment-userleap/segment-events';
import type { Mapped } from '../mapped';
import { settled } from '../mapped';
import { REASONS } from '../reasons';
import { decimalText } from './decimal-text';

type Id = string | number | null | undefined;

/** The id as text, exactly as it came; undefined where there is none: absent, null or blank. */
export function readId(id: Id): string | undefined {
  if (id === undefined || id === null) return undefined;
  const text = typeof id === 'number' ? decimalText(id) : id;
  return text.trim() === '' ? undefined : text;
}

/** An outcome for an id that UserLeap cannot hold. Never cut: another id is another user. */
export function refuseLongId(field: string, id: string): (Mapped & { kind: 'settled' }) | undefined {
  if (codePointLength(id) <= MAX_TEXT_LENGTH) return undefined;
  return settled('rejected', 'user_id_too_long', `${field}: ${REASONS.user_id_too_long}`);
}

/** The user of an event, or the outcome of an event without one that UserLeap can know. */
export function readUserId(event: CommonFields): { userId: string } | (Mapped & { kind: 'settled' }) {
  const userId = readId(event.userId);
  if (userId !== undefined) return refuseLongId('userId', userId) ?? { userId };
  // Normal traffic of a web site: no error, no alarm.
  if (readId(event.anonymousId) !== undefined) return settled('unsupported', 'anonymous_user');
  return settled('rejected', 'missing_user_id');
}
