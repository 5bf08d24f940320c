import type { SegmentEvent } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import { settled } from '../mapped';
import type { Settings } from '../settings/settings';
import { valuesOfOurs } from './route-event';

/** The outcome of an event that its sender or a setting leaves out; undefined for one that goes on. */
export function filterEvent(event: SegmentEvent, settings: Settings): (Mapped & { kind: 'settled' }) | undefined {
  // `All: false` alone says nothing here: whatever Segment hands over, it has routed to us, often under a name of its own.
  if (valuesOfOurs(event.integrations ?? {}, settings).includes(false)) {
    return settled('filtered', 'integration_disabled');
  }
  // Who withdraws consent and asks to be erased is erased.
  if (event.type === 'delete') return undefined;
  if (event.type === 'track') {
    const name = event.event?.trim() ?? '';
    if (settings.denyEvents.has(name)) return settled('filtered', 'event_denied');
    const { allowEvents } = settings;
    // A blank name is an error to be seen, not an event that nobody wants.
    if (name !== '' && allowEvents.size > 0 && !allowEvents.has(name)) return settled('filtered', 'event_not_allowed');
  }
  return hasConsent(event.context ?? {}, settings.consentCategories) ? undefined : settled('filtered', 'no_consent');
}

/** Consent that is present must name every category as true; consent that cannot be read is none. */
function hasConsent(context: Readonly<Record<string, unknown>>, categories: readonly string[]): boolean {
  const consent = Object.hasOwn(context, 'consent') ? context.consent : undefined;
  if (consent === undefined || consent === null) return true;
  const preferences = isRecord(consent) ? consent.categoryPreferences : undefined;
  return categories.every(
    (name) => isRecord(preferences) && Object.hasOwn(preferences, name) && preferences[name] === true,
  );
}
