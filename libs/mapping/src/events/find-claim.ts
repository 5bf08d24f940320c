import { isRecord } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import { reasoned } from '../outcome';
import type { ReasonedOutcome } from '../outcome';
import type { ReasonCode } from '../reasons';
import type { Settings } from '../settings/settings';
import { isSampled } from './is-sampled';
import { readId, readUserId } from './read-user-id';

/** What is held under an anonymous id is this user's. */
export interface Claim {
  readonly anonymousId: string;
  readonly userId: string;
  /** How all of it ends, where nothing of the user is sent. */
  readonly outcome?: ReasonedOutcome;
}

// By type the field with the anonymous id.
const CLAIMING: ReadonlyMap<unknown, string> = new Map([
  ['identify', 'anonymousId'],
  ['alias', 'previousId'],
]);
// A call that a setting leaves out, or that is refused, says nothing. These say whose it is all the same.
const CLAIMING_REASONS: readonly ReasonCode[] = ['nothing_to_alias', 'not_sampled'];

/**
 * Whose the events of an anonymous visitor are, as an event says: an Identify with both ids, or an Alias, whose old id may be an
 * anonymous one. `mapped` is what the event itself becomes.
 */
export function findClaim(raw: unknown, mapped: Mapped, settings: Settings): Claim | undefined {
  const field = isRecord(raw) ? CLAIMING.get(raw.type) : undefined;
  if (!isRecord(raw) || field === undefined) return undefined;
  if (mapped.kind === 'settled' && !CLAIMING_REASONS.includes(mapped.outcome.reason)) return undefined;
  const userId = mapped.kind === 'operation' ? mapped.operation.userId : readUserId(raw, settings);
  const anonymousId = readId(field, raw[field], settings);
  if (typeof userId !== 'string' || typeof anonymousId !== 'string') return undefined;
  if (isSampled(userId, settings.sampleUsers)) return { anonymousId, userId };
  return { anonymousId, userId, outcome: reasoned('filtered', 'not_sampled') };
}
