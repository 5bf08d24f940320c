import { isRecord } from '@segment-userleap/validation';
import { eventNameKey } from '../outbox/port/event-name-key';

/** The name of a Track, a Screen or a Page as its sender wrote it; null where there is none. */
export function eventNameOf(event: unknown): string | null {
  if (!isRecord(event)) return null;
  const name = placesOf(event).find((place) => typeof place === 'string' && place.trim() !== '');
  return typeof name === 'string' ? eventNameKey(name) : null;
}

/** Where the mapping looks for it, too; a Page has one name, whatever it becomes. */
function placesOf({ type, event, name, properties }: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (type === 'track') return [event];
  if (type === 'page') return [name];
  if (type === 'screen') return [name, event, isRecord(properties) ? properties.name : undefined];
  return [];
}
