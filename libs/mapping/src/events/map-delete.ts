import type { DeleteEvent } from '@segment-userleap/segment-events';
import type { Mapped } from '../mapped';
import { operation } from '../mapped';
import { eventTimes } from './event-times';

/** Delete → purge. */
export function mapDelete(event: DeleteEvent, userId: string, now: number): Mapped {
  const { times, warnings } = eventTimes(event, now);
  return operation({ kind: 'purge', userId, ...times }, warnings);
}
