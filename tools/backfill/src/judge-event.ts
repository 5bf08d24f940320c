import { mapEvent, routeEvent } from '@segment-userleap/mapping';
import type { Mapped, Settings } from '@segment-userleap/mapping';
import { shortenJson } from './json-tokens';

/** The longest event that the relay takes. */
const MAX_EVENT_BYTES = 64 * 1024;

/** What the relay makes of an event. `now`: epoch milliseconds. */
export function judgeEvent(event: unknown, settings: Settings, now: number): Mapped {
  return mapEvent(routeEvent(event, settings), settings, now);
}

/** Why the event is none for any relay, whatever its settings; undefined where it may be one. */
export function whyInvalid(mapped: Mapped): string | undefined {
  if (mapped.kind !== 'settled' || mapped.outcome.reason !== 'invalid_event') return undefined;
  return mapped.outcome.message;
}

/** The event's text, without what it has no need of where it is too long with it; undefined where it is too long anyway. */
export function fitText(text: string): string | undefined {
  if (!isTooLong(text)) return text;
  const short = shortenJson(text);
  return isTooLong(short) ? undefined : short;
}

function isTooLong(text: string): boolean {
  // UTF-8 takes three bytes a unit at most.
  return text.length * 3 > MAX_EVENT_BYTES && Buffer.byteLength(text) > MAX_EVENT_BYTES;
}
