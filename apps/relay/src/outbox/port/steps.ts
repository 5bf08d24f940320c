import type { ReasonCode } from '@segment-userleap/mapping';
import type { EndedEvents } from './turn';

export interface GiveUpCall {
  readonly destination: string;
  readonly before: number;
  readonly now: number;
  /** How many events at most. */
  readonly limit: number;
  /** Begins the message. */
  readonly sentence: string;
  /** Also backfilled events that were never tried: nothing will ever be sent there. */
  readonly isForUntried?: true;
  /** What keeps the destination paused: why that was never tried which was never tried. */
  readonly pausedBy?: ReasonCode;
}

/** A lane in which too many events wait for their user. */
export interface OvergrownLane {
  readonly lane: string;
  readonly events: number;
}

/** A step of ending what is parked at a destination, in all its lanes or in one. */
export interface EndParkedCall {
  readonly destination: string;
  /** What was queued before then; everything, the oldest first, where it is not given. */
  readonly before?: number;
  readonly lane?: string;
  readonly now: number;
  /** How many events at most. */
  readonly limit: number;
  /** Begins the message. */
  readonly sentence: string;
}

/** A step of making lanes due. */
export interface HastenCall {
  readonly destination: string;
  /** `retries`: lanes that back off. `look-ups`: lanes that are parked. */
  readonly kind: 'retries' | 'look-ups';
  /** Those that wait for a time after this one. */
  readonly after: number;
  readonly now: number;
  readonly limit: number;
  /** As if nothing had been tried there yet. */
  readonly isAfresh?: boolean;
}

/** The environment that a destination delivers to: named after endpoint and key, neither of which can be read from it. */
export interface EnvironmentInUse {
  readonly destination: string;
  readonly environment: string;
}

/** A step of leaving the environments that a destination delivered to before this one. */
export interface LeaveCall {
  readonly destination: string;
  readonly environment: string;
  readonly now: number;
  readonly limit: number;
}

/** A step of erasing a user, at one destination or at all. */
export interface EraseCall {
  readonly userId: string;
  readonly destination?: string;
  readonly now: number;
  /** How many events at most are erased of the user's own, and of those that others carry over to the user. */
  readonly limit: number;
}

export interface Erased {
  /** How many events. */
  readonly erased: number;
  /** How many of them had waited. */
  readonly ended: number;
}

/** A step of ending what nobody has claimed. */
export interface EndHeldCall {
  /** What is held since before then. */
  readonly before: number;
  /** How many events may be held; beyond that the oldest end. */
  readonly most: number;
  readonly now: number;
  /** How many events at most. */
  readonly limit: number;
}

/** What was held, and is not any more. */
export interface EndedHeld extends EndedEvents {
  readonly destination: string;
  /** It ended because more was held than may be. */
  readonly isTooMuch: boolean;
}

/** A step of erasing what is held under an anonymous id, at one destination or at all. */
export interface EraseHeldCall {
  readonly anonymousId: string;
  readonly destination?: string;
  readonly now: number;
  /** How many events at most. */
  readonly limit: number;
}

/** What has had its end for long enough. */
export interface PruneCall {
  readonly now: number;
  readonly limit: number;
  readonly retentionMs: number;
  readonly deadLetterRetentionMs: number;
  /** An event's message id is kept at least this long. */
  readonly deduplicationMs: number;
}
