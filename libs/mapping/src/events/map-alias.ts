import type { AliasEvent } from '@segment-userleap/segment-events';
import type { Mapped } from '../mapped';
import { operation, settled } from '../mapped';
import type { Settings } from '../settings/settings';
import { eventTimes } from './event-times';
import { readAnonymousId, readId, refuseMissing } from './read-user-id';
import type { ReadId } from './read-user-id';

/** Alias → carry the old user over to the new id. */
export function mapAlias(event: AliasEvent, userId: ReadId, settings: Settings, now: number): Mapped {
  const previousId = readId('previousId', event.previousId, settings);
  if (userId === undefined) return refuseMissing(settings);
  if (previousId === undefined) return settled('rejected', 'missing_previous_id');
  if (typeof userId !== 'string') return userId;
  if (typeof previousId !== 'string') return previousId;
  if (userId === previousId) return settled('filtered', 'same_user');
  // UserLeap has no anonymous users: there is nothing to look up.
  if (previousId === readAnonymousId(event)) return settled('filtered', 'nothing_to_alias');
  const { times, warnings } = eventTimes(event, now);
  return operation({ kind: 'carry_over', userId, previousId, ...times }, warnings);
}
