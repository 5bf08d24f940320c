import type { IdentifyEvent } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import { operation } from '../mapped';
import type { Warning } from '../outcome';
import type { Settings } from '../settings/settings';
import { findEmails, identifyFields, isEmailName } from '../traits/email-fields';
import { flattenTraits } from '../traits/flatten-traits';
import { mapAttributes, nameTraits } from '../traits/map-attributes';
import { pickEmail } from '../traits/pick-email';
import { eventTimes } from './event-times';
import { readPlace } from './read-place';

/** Identify → upsert: the only call that creates a user. */
export function mapIdentify(event: IdentifyEvent, userId: string, settings: Settings, now: number): Mapped {
  const { times, warnings: unreadable } = eventTimes(event, now);
  const warnings: Warning[] = [...unreadable];
  const emails = findEmails(event, identifyFields(settings));
  const emailAddress = pickEmail(emails, settings, warnings);
  const noAttributes = new Set(emails.map(({ name }) => name));
  const traits = nameTraits(flattenTraits(overlay(event)), settings).filter(({ trait }) => !noAttributes.has(trait));
  return operation(
    {
      kind: 'upsert',
      userId,
      createsUser: true,
      ...(emailAddress === undefined ? {} : { emailAddress }),
      attributes: mapAttributes(traits, settings, warnings),
      events: [],
      ...times,
    },
    warnings,
  );
}

/** All but the e-mail: first what `traits` has, then what only `context.traits` has. */
function overlay(event: IdentifyEvent): Readonly<Record<string, unknown>> {
  const own = Object.entries(event.traits ?? {});
  const ownNames = new Set(own.map(([key]) => key.trim()));
  const inContext = readPlace(event.context, 'traits');
  const entries = [
    ...own,
    ...Object.entries(isRecord(inContext) ? inContext : {}).filter(([key]) => !ownNames.has(key.trim())),
  ];
  // fromEntries defines own properties: a key "__proto__" stays ordinary data.
  return Object.fromEntries(entries.filter(([key]) => !isEmailName(key)));
}
