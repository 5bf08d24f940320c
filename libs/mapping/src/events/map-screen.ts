import type { ScreenEvent } from '@segment-userleap/segment-events';
import type { Mapped } from '../mapped';
import { eventUpsert, refuseEventName } from './event-upsert';

/** Screen → one event that has the screen's name; only where the setting `trackScreens` is on. */
export function mapScreen(event: ScreenEvent, userId: string, now: number): Mapped {
  const name = event.name?.trim() ?? '';
  return refuseEventName('name', name) ?? eventUpsert(event, userId, [name], now);
}
