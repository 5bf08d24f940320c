import type { Fate } from './outbox.port';

/** A destination that is not among those configured. */
export interface OtherDestination {
  readonly name: string;
  /** How many events wait for it. */
  readonly pending: number;
  /** Since when the event waits that waits longest, epoch milliseconds. */
  readonly oldestPendingAt: number | undefined;
}

/** An event that waits, whatever for. */
export interface WaitingEvent extends WaitingCursor {
  readonly body: unknown;
  /** The event itself does not say that it is the lane's user's. */
  readonly isClaimed: boolean;
}

/** Events that wait are gone through lane by lane. */
export interface WaitingCursor {
  readonly lane: string;
  readonly id: number;
}

/** Events that wait for one destination are to go to another one. */
export interface MoveCall {
  readonly from: string;
  readonly to: string;
  readonly events: readonly { readonly id: number; readonly fate: Fate }[];
  readonly now: number;
}

/** A step of ending all that waits for a destination. */
export interface EndWaitingCall {
  readonly destination: string;
  readonly now: number;
  /** Begins the message. */
  readonly sentence: string;
  /** How many events at most. */
  readonly limit: number;
}
