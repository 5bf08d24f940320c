import type { ScreenEvent } from '@segment-userleap/segment-events';
import type { Mapped } from '../mapped';
import type { Settings } from '../settings/settings';
import { eventUpsert, refuseEventName } from './event-upsert';

/** Screen → one event that has the screen's name; only where the setting `trackScreens` is on. */
export function mapScreen(event: ScreenEvent, userId: string, { eventNames }: Settings, now: number): Mapped {
  const sent = event.name?.trim() ?? '';
  const name = eventNames.get(sent) ?? sent;
  return refuseEventName('name', name) ?? eventUpsert(event, userId, [name], now);
}
