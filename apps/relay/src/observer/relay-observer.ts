import type { ReasonCode } from '@segment-userleap/mapping';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { NewEvent } from '../outbox/port/outbox.port';
import type { EndedEvents, Settlement } from '../outbox/port/turn';

/** Why a call was told to come back later. */
export type TurnedAway = 'backlog_full' | 'store_failed' | 'memory_full';

/** A request to UserLeap, and its answer. */
export interface ObservedRequest {
  readonly destination: string;
  readonly kind: UserLeapRequest['kind'] | 'bulk';
  readonly reply: UserLeapReply;
  readonly milliseconds: number;
  /** How many events shared it. */
  readonly events: number;
}

/** Is told of what happens, where it happens. Returns at once, and never throws. */
export interface RelayObserver {
  /** Events are on disk, after so many milliseconds; repetitions are among them. */
  accepted(events: readonly NewEvent[], milliseconds: number): void;
  /** Senders were answered 503. */
  turnedAway(why: TurnedAway): void;
  /** A call had wrong credentials. */
  refused(): void;
  requested(request: ObservedRequest): void;
  /** A turn has ended, and that is on disk. */
  settled(settlement: Settlement): void;
  /** Events have come to their end without a turn. */
  ended(destination: string, outcome: 'filtered' | 'unsupported' | 'rejected', events: readonly EndedEvents[]): void;
  /** So many of these ended because more events were held than may be. */
  heldTooMuch(destination: string, count: number): void;
  /** Names of events that were sent to UserLeap for the first time, each once of all processes that share the store. */
  foundNames(destination: string, names: readonly string[]): void;
  paused(destination: string, reason: ReasonCode): void;
  /** The relay has ended its own pause. */
  resumed(destination: string): void;
  pausedByHand(destination: string): void;
  /** A person has ended a pause, whoever began it. */
  resumedByHand(destination: string): void;
  /** A person has paused, resumed, replayed or erased something; `ids` are the events, as far as known. */
  steered(ids: readonly number[]): void;
}

export const RELAY_OBSERVER = Symbol('RelayObserver');
