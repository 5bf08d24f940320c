import type { ScreenEvent } from '@segment-userleap/segment-events';
import type { Mapped } from '../mapped';
import type { Settings } from '../settings/settings';
import { eventUpsert, refuseEventName } from './event-upsert';
import { readPlace } from './read-place';

/** Screen → one event that has the screen's name; only where the setting `trackScreens` is on. */
export function mapScreen(event: ScreenEvent, userId: string, { eventNames }: Settings, now: number): Mapped {
  const { field, name: sent } = findName(event);
  const name = eventNames.get(sent) ?? sent;
  return refuseEventName(field, name) ?? eventUpsert(event, userId, [name], now);
}

/** The first of its names that is text, trimmed; blank where none is. */
function findName({ name, event, properties }: ScreenEvent): { field: string; name: string } {
  const places = { name, event, 'properties.name': readPlace(properties, 'name') };
  for (const [field, value] of Object.entries(places)) {
    if (typeof value === 'string' && value.trim() !== '') return { field, name: value.trim() };
  }
  return { field: 'name', name: '' };
}
