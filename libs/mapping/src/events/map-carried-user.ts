import { MAX_ATTRIBUTES } from '@segment-userleap/userleap-api';
import type { AttributeValue, UserEvent } from '@segment-userleap/userleap-api';
import type { Warning } from '../outcome';
import type { Settings } from '../settings/settings';
import { emailTraits } from '../traits/email-fields';
import { flattenTraits } from '../traits/flatten-traits';
import { mapAttributes } from '../traits/map-attributes';
import type { NamedTrait } from '../traits/map-attributes';
import { pickEmail } from '../traits/pick-email';
import { isTraitAllowed } from '../traits/trait-filter';
import { EMAIL_ATTRIBUTE } from './user-state';
import type { UserState, UserUpdate } from './user-state';

/** What an aliased user takes along to its new id. */
export interface CarriedUser extends UserUpdate {
  readonly warnings: readonly Warning[];
}

/**
 * What the new user lacks of what the old one has, as far as it has room: its own address, values and events stay. Each
 * event comes with its first and last time, in order of time: enough for filters to keep working.
 */
export function mapCarriedUser(previous: UserState, own: UserState, settings: Settings): CarriedUser {
  const warnings: Warning[] = [];
  const candidates = previous.addresses.flatMap((value) =>
    emailTraits(settings).map((trait) => ({ trait, value: value ?? undefined })),
  );
  const emailAddress = own.addresses.some(isSet) ? undefined : pickEmail(candidates, settings, warnings);
  return {
    ...(emailAddress === undefined ? {} : { emailAddress }),
    attributes: lackingAttributes(previous, own, settings, warnings),
    events: lackingEvents(previous, own),
    warnings,
  };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function lackingAttributes(
  previous: UserState,
  own: UserState,
  settings: Settings,
  warnings: Warning[],
): ReadonlyMap<string, AttributeValue> {
  const ownNames = new Set([...own.attributes].filter(([, value]) => isSet(value)).map(([name]) => name));
  const carried = [...mapAttributes(carriedTraits(previous, settings), settings, warnings)];
  const lacking = carried.filter(([name]) => !ownNames.has(name));
  const room = Math.max(0, MAX_ATTRIBUTES - ownNames.size);
  warnings.push(...lacking.slice(room).map(([trait]) => ({ code: 'too_many_attributes' as const, trait })));
  return new Map(lacking.slice(0, room));
}

/**
 * Attributes have UserLeap's names already; `traitNames`, read backwards, says what Segment calls them: of several traits that
 * become one attribute, one that may be sent.
 */
function carriedTraits({ attributes }: UserState, settings: Settings): readonly NamedTrait[] {
  const renamed = [...settings.traitNames].map(([trait, attribute]) => [attribute, trait] as const);
  const traits = new Map([...renamed, ...renamed.filter(([, trait]) => isTraitAllowed(trait, settings))]);
  return (
    [...flattenTraits(Object.fromEntries(attributes))]
      // What UserLeap holds without a value is nothing to carry, and not to be unset.
      .filter(([attribute, value]) => value !== null && attribute !== EMAIL_ATTRIBUTE)
      .map(([attribute, value]) => ({ trait: traits.get(attribute) ?? attribute, attribute, value }))
  );
}

/** Those before the new user's first and after its last of the same name: what lies between tells a filter nothing new. */
function lackingEvents(previous: UserState, own: UserState): readonly UserEvent[] {
  const events = [...previous.events].flatMap(([event, { first, last }]) => {
    const known = own.events.get(event);
    return [...new Set([first, last])]
      .filter((timestamp) => !known || timestamp < known.first || timestamp > known.last)
      .map((timestamp) => ({ event, timestamp }));
  });
  return events.sort((a, b) => a.timestamp - b.timestamp);
}
