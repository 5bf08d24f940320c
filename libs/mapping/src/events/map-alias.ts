import { eventTime, receivedTime } from '@segment-userleap/segment-events';
import type { AliasEvent } from '@segment-userleap/segment-events';
import type { Mapped } from '../mapped';
import { operation, settled } from '../mapped';
import { readId, refuseLongId } from './read-user-id';

/** Alias → carry the old user over to the new id. */
export function mapAlias(event: AliasEvent, now: number): Mapped {
  const userId = readId(event.userId);
  const previousId = readId(event.previousId);
  if (userId === undefined) return settled('rejected', 'missing_user_id');
  if (previousId === undefined) return settled('rejected', 'missing_previous_id');
  const tooLong = refuseLongId('userId', userId) ?? refuseLongId('previousId', previousId);
  if (tooLong) return tooLong;
  if (userId === previousId) return settled('filtered', 'same_user');
  // UserLeap has no anonymous users: there is nothing to look up.
  if (previousId === readId(event.anonymousId)) return settled('filtered', 'nothing_to_alias');
  return operation({
    kind: 'carry_over',
    userId,
    previousId,
    at: eventTime(event, now),
    receivedAt: receivedTime(event, now),
  });
}
