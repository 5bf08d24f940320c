import type { TrackEvent } from '@segment-userleap/segment-events';
import type { Mapped } from '../mapped';
import type { Settings } from '../settings/settings';
import { eventUpsert, refuseEventName } from './event-upsert';

/** Track → one event. Its properties have no place in the API. */
export function mapTrack(event: TrackEvent, userId: string, { eventNames }: Settings, now: number): Mapped {
  const sent = event.event?.trim() ?? '';
  const name = eventNames.get(sent) ?? sent;
  return refuseEventName('event', name) ?? eventUpsert(event, userId, [name], now);
}
