import type { SegmentEvent } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import { settled } from '../mapped';
import type { Settings } from '../settings/settings';

// Segment knows the destination by these names, exactly.
const INTEGRATION_NAMES = ['UserLeap', 'Sprig'];

/** The outcome of an event that its sender or a setting leaves out; undefined for one that goes on. */
export function filterEvent(event: SegmentEvent, settings: Settings): (Mapped & { kind: 'settled' }) | undefined {
  if (isSwitchedOff(event.integrations ?? {})) return settled('filtered', 'integration_disabled');
  if (event.type === 'track') {
    const name = event.event?.trim() ?? '';
    if (settings.denyEvents.has(name)) return settled('filtered', 'event_denied');
    const { allowEvents } = settings;
    // A blank name is an error to be seen, not an event that nobody wants.
    if (name !== '' && allowEvents.size > 0 && !allowEvents.has(name)) return settled('filtered', 'event_not_allowed');
  }
  return hasConsent(event.context ?? {}, settings.consentCategories) ? undefined : settled('filtered', 'no_consent');
}

function isSwitchedOff(integrations: Readonly<Record<string, unknown>>): boolean {
  const ours = INTEGRATION_NAMES.filter((name) => Object.hasOwn(integrations, name)).map((name) => integrations[name]);
  if (ours.includes(false)) return true;
  const isListed = ours.some((value) => value === true || isRecord(value));
  return Object.hasOwn(integrations, 'All') && integrations.All === false && !isListed;
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
