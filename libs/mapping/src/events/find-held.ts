import { isRecord } from '@segment-userleap/validation';
import type { Mapped } from '../mapped';
import type { Settings } from '../settings/settings';
import { mapEvent } from './map-event';
import { readId, readUserId } from './read-user-id';

const HELD_TYPES: readonly unknown[] = ['identify', 'track', 'page', 'screen'];
const SOMEBODY = 'somebody';

/**
 * The anonymous id of an event that a host may hold until it is known whose it is; undefined for every other. Not held is what
 * would be left out or refused whosever it were, or would tell UserLeap nothing; nor what has an id that many share (`undefined`).
 */
export function findHeld(raw: unknown, settings: Settings, now: number): string | undefined {
  if (!isRecord(raw) || !HELD_TYPES.includes(raw.type) || readUserId(raw, settings) !== undefined) return undefined;
  const anonymousId = readId('anonymousId', raw.anonymousId, settings);
  if (typeof anonymousId !== 'string') return undefined;
  const mapped = mapEvent({ ...raw, userId: SOMEBODY }, forSomebody(settings), now);
  return tellsSomething(mapped) ? anonymousId : undefined;
}

const KEPT = new WeakMap<Settings, Settings>();

/** By these an event is mapped as if it were somebody's. Whether that one is sampled is asked once it is known who it is. */
function forSomebody(settings: Settings): Settings {
  // Once only: this is done for each event of a web site.
  const kept = KEPT.get(settings) ?? { ...settings, sampleUsers: 100, userIdFields: ['userId'] };
  KEPT.set(settings, kept);
  return kept;
}

function tellsSomething(mapped: Mapped): boolean {
  if (mapped.kind === 'settled' || mapped.operation.kind !== 'upsert') return false;
  const { emailAddress, attributes, events } = mapped.operation;
  return emailAddress !== undefined || attributes.size > 0 || events.length > 0;
}
