import { isRecord } from '@segment-userleap/validation';

/** What stands at a dotted place of an event, such as `context.traits.email`; a literal dotted key goes before nested ones. */
export function readPlace(holder: unknown, place: string): unknown {
  if (!isRecord(holder)) return undefined;
  if (Object.hasOwn(holder, place)) return holder[place];
  const dot = place.indexOf('.');
  const key = place.slice(0, dot);
  return dot > 0 && Object.hasOwn(holder, key) ? readPlace(holder[key], place.slice(dot + 1)) : undefined;
}
