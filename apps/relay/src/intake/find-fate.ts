import { findClaim, findHeld, findHeldBack, mapEvent, PageRules } from '@segment-userleap/mapping';
import type { ReasonedOutcome, Settings } from '@segment-userleap/mapping';
import { fateOf } from '../outbox/port/fate-of';
import type { NewEvent } from '../outbox/port/outbox.port';

/** What becomes of an event in the store, and its outcome where there is one already. */
export type FoundFate = Pick<NewEvent, 'fate' | 'claim' | 'heldBack'> & {
  readonly outcome: ReasonedOutcome | undefined;
};

/** `holds`: what anonymous visitors do is held until it is known whose it is. */
export function findFate(event: unknown, settings: Settings, now: number, holds: boolean): FoundFate {
  const quick = withoutPageRules(settings);
  const anonymousId = holds ? findHeld(event, quick, now) : undefined;
  if (anonymousId !== undefined) return { fate: { anonymousId }, outcome: undefined };
  const mapped = mapEvent(event, quick, now);
  const claim = holds ? findClaim(event, mapped, settings) : undefined;
  const heldBack = findHeldBack(event, mapped);
  return {
    fate: fateOf(mapped, event, settings),
    ...(claim ? { claim } : {}),
    ...(heldBack ? { heldBack } : {}),
    outcome: mapped.kind === 'settled' ? mapped.outcome : undefined,
  };
}

const QUICK = new WeakMap<Settings, Settings>();

/** Which pages match is asked at delivery; here it would only take time from whoever is waiting. */
function withoutPageRules(settings: Settings): Settings {
  const quick = QUICK.get(settings) ?? { ...settings, pageUrlEvents: PageRules.NONE };
  QUICK.set(settings, quick);
  return quick;
}
