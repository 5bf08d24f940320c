import { eventTime, receivedTime } from '@segment-userleap/segment-events';
import type { DeleteEvent } from '@segment-userleap/segment-events';
import type { Mapped } from '../mapped';
import { operation } from '../mapped';

/** Delete → purge. */
export function mapDelete(event: DeleteEvent, userId: string, now: number): Mapped {
  return operation({ kind: 'purge', userId, at: eventTime(event, now), receivedAt: receivedTime(event, now) });
}
