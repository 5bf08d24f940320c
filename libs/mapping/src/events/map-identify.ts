import { eventTime, receivedTime } from '@segment-userleap/segment-events';
import type { IdentifyEvent } from '@segment-userleap/segment-events';
import { isRecord } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import { operation } from '../mapped';
import type { Warning } from '../outcome';
import type { Settings } from '../settings/settings';
import { mapAttributes } from '../traits/map-attributes';
import { EMAIL_TRAIT, pickEmail } from '../traits/pick-email';

/** Identify → upsert: the only call that creates a user. */
export function mapIdentify(event: IdentifyEvent, userId: string, settings: Settings, now: number): Mapped {
  const warnings: Warning[] = [];
  const traits = event.traits ?? {};
  const contextTraits = readContextTraits(event);
  const emailAddress = pickEmail(
    [readOwn(traits, EMAIL_TRAIT), readOwn(contextTraits, EMAIL_TRAIT)],
    settings,
    warnings,
  );
  const attributes = mapAttributes(overlay(traits, contextTraits), settings, warnings);
  return operation(
    {
      kind: 'upsert',
      userId,
      createsUser: true,
      ...(emailAddress === undefined ? {} : { emailAddress }),
      attributes,
      events: [],
      at: eventTime(event, now),
      receivedAt: receivedTime(event, now),
    },
    warnings,
  );
}

function readContextTraits({ context }: IdentifyEvent): Readonly<Record<string, unknown>> {
  const traits = readOwn(context ?? {}, 'traits');
  return isRecord(traits) ? traits : {};
}

/** All but the e-mail: first what `traits` has, then what only `context.traits` has. */
function overlay(
  traits: Readonly<Record<string, unknown>>,
  contextTraits: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const entries = [
    ...Object.entries(traits),
    ...Object.entries(contextTraits).filter(([key]) => !Object.hasOwn(traits, key)),
  ];
  // fromEntries defines own properties: a key "__proto__" stays ordinary data.
  return Object.fromEntries(entries.filter(([key]) => key.trim() !== EMAIL_TRAIT));
}

function readOwn(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
