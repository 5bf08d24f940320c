import type { PageEvent } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import type { Settings } from '../settings/settings';
import { eventUpsert } from './event-upsert';

/** Page → the page event, and one event for each rule of `pageUrlEvents` that its URL meets. */
export function mapPage(event: PageEvent, userId: string, settings: Settings, now: number): Mapped {
  const url = readUrl(event.properties) ?? readUrl(event.context?.page);
  const urlEvents = url === undefined ? [] : settings.pageUrlEvents.eventsOf(url);
  return eventUpsert(event, userId, [settings.pageEventName, ...urlEvents], now);
}

function readUrl(holder: unknown): string | undefined {
  return isRecord(holder) && typeof holder.url === 'string' && holder.url !== '' ? holder.url : undefined;
}
