import { isRecord } from '@segment-userleap/validation';

/**
 * What stands at a dotted place of an event, `context.traits.id`; undefined where nothing does. Only own properties count. A
 * key that has dots itself is found, too: `traits.account.id` in `{"traits": {"account.id": 7}}`, before a nested one.
 */
export function readPlace(holder: unknown, place: string): unknown {
  if (!isRecord(holder)) return undefined;
  if (Object.hasOwn(holder, place)) return holder[place];
  for (const { index } of place.matchAll(/\./g)) {
    const key = place.slice(0, index);
    const found = Object.hasOwn(holder, key) ? readPlace(holder[key], place.slice(index + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
