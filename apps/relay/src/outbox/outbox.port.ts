import type { Outcome, ReasonCode } from '@segment-userleap/mapping';
import type { EventFilter, EventRecord } from './event-record';
import type { Budget } from '../config/rate-limit';

/** Where an event waits, and what that means for its lane. */
export interface Waiting {
  readonly lane: string;
  readonly createsUser: boolean;
  readonly deletesUser: boolean;
  /** The new user of an Alias. */
  readonly otherUser: string | null;
}

/** It never waits: it had its outcome when it came. `userId` where one can be read. */
export interface Settled {
  readonly outcome: Outcome & { outcome: 'filtered' | 'unsupported' | 'rejected' };
  readonly userId: string | null;
}

/** An event to be kept. */
export interface NewEvent {
  readonly destination: string;
  readonly messageId: string;
  readonly type: string;
  /** The event's JSON. */
  readonly body: string;
  readonly acceptedAt: number;
  readonly fate: Waiting | Settled;
}

/** A lane in flight: nobody else gets it before it is settled. */
export interface LeasedLane {
  readonly lane: string;
  /** How often in a row it could not be emptied; of a parked lane, how often its user was looked up in vain. */
  readonly attempts: number;
  readonly isParked: boolean;
  /** The last Delete that waits in it. */
  readonly lastDelete: number | null;
}

export interface PendingEvent {
  readonly id: number;
  readonly lane: string;
  readonly body: unknown;
  readonly queuedAt: number;
}

/**
 * What goes out together: all that waits in one lane, or in up to 100 lanes whose users are to be deleted. In order of
 * arrival. `slot` is the place in the budget for its first request.
 */
export interface Turn {
  readonly destination: string;
  readonly lanes: readonly LeasedLane[];
  readonly events: readonly PendingEvent[];
  readonly slot: number;
  readonly isPurge: boolean;
}

export interface LeaseCall {
  readonly destination: string;
  readonly budget: Budget;
  readonly now: number;
  /** One purge at a time: what comes meanwhile shares the next one. */
  readonly mayPurge: boolean;
  /** How long an event waits for its user to become known. */
  readonly graceMs: number;
}

export type Leased =
  | {
      readonly kind: 'turn';
      readonly turn: Turn;
      /** What its Deletes overtook: filtered now. */
      readonly dropped: readonly EndedEvent[];
    }
  /** No lane is ready before `until`, unless something new comes; undefined: until it does. */
  | { readonly kind: 'idle'; readonly until: number | undefined }
  /** A lane is ready, but the budget has no place before `until`, whatever comes. */
  | { readonly kind: 'wait'; readonly until: number };

export type Reserved =
  { readonly kind: 'slot'; readonly slot: number } | { readonly kind: 'wait'; readonly until: number };

/** An event that came to its end unsent. */
export interface EndedEvent {
  readonly type: string;
  readonly reason: string;
}

/** What an attempt came to, for one event: its end, or why it goes on waiting. */
export interface AttemptResult {
  readonly id: number;
  readonly outcome: Outcome;
}

/** When a lane in which something goes on waiting is tried again. */
export interface NextAttempt {
  /** Undefined: as soon as it is its turn. */
  readonly dueAt: number | undefined;
  readonly attempts: number;
  /** Waits for its user to become known: an Identify wakes it. */
  readonly parked: boolean;
}

/** How a turn ended. */
export interface Settlement {
  readonly turn: Turn;
  readonly now: number;
  readonly results: readonly AttemptResult[];
  /** By lane, for those in which something goes on waiting. */
  readonly next: ReadonlyMap<string, NextAttempt>;
  /** Every slot of the turn: when its answer came; null where nothing was sent. */
  readonly slots: readonly { readonly id: number; readonly endedAt: number | null }[];
  readonly budget: Budget;
  /** What was learnt of users, in order: `true` UserLeap knows the user, `false` it was erased there. */
  readonly learnt: readonly (readonly [userId: string, isKnown: boolean])[];
}

/** A destination that gets nothing but probes. */
export interface Pause {
  readonly reason: ReasonCode;
  readonly pausedAt: number;
  /** How many probes have failed. */
  readonly probes: number;
  readonly probeAt: number;
}

/** Dead letters to be replayed; each field narrows it down. */
export type DeadLetterFilter = Omit<EventFilter, 'state' | 'limit'>;

export interface DeadLetter {
  readonly id: number;
  readonly destination: string;
  readonly body: unknown;
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

/** The durable store of what was accepted and what became of it. All times are epoch milliseconds. */
export interface OutboxPort {
  /**
   * Keeps the events, all or none, on disk when it resolves; one whose message id is known there is passed over. Rejects
   * with `BacklogFull` where more wait already than may.
   */
  accept(events: readonly NewEvent[]): Promise<void>;
  /** The ready lane whose oldest event is oldest, and a place in the budget, both or neither. */
  lease(call: LeaseCall): Promise<Leased>;
  /** A place in the budget for one more request of a turn. */
  reserve(budget: Budget, now: number): Promise<Reserved>;
  /** Keeps how a turn ended, and frees its lanes; a lane ends where nothing waits in it any more. */
  settle(settlement: Settlement): Promise<void>;
  /** No request of the budget before `until`. */
  block(budget: Budget, until: number): Promise<void>;
  /** The budget's use: what counts now, and until when it is blocked. */
  budgetUse(budget: Budget, now: number): Promise<{ used: number; blockedUntil: number }>;
  isKnownUser(destination: string, userId: string): Promise<boolean>;
  /** Makes dead letters of some of what was queued before `before`; `sentence` begins their message. None: all are. */
  giveUp(call: { destination: string; before: number; now: number; sentence: string }): Promise<readonly EndedEvent[]>;
  /** Removes a little of what has had its end for long enough. Returns how many events it changed. */
  prune(call: PruneCall): Promise<number>;
  loadDeadLetters(filter: DeadLetterFilter, after: number, limit: number): Promise<readonly DeadLetter[]>;
  /** Makes dead letters wait again, in the place that their arrival gives them. */
  requeue(events: readonly { id: number; fate: Waiting | Settled }[], now: number): Promise<void>;
  loadPauses(): Promise<ReadonlyMap<string, Pause>>;
  savePause(destination: string, pause: Pause | undefined): Promise<void>;
  /** Newest first. */
  listEvents(filter: EventFilter): Promise<readonly EventRecord[]>;
  countPending(destination: string): Promise<number>;
  /** Writes as `accept` does, but keeps nothing: rejects where events could not be kept. Returns how many wait in all. */
  probe(): Promise<number>;
  /** Since when the event waits that goes next; undefined where none could be sent now. */
  readySince(destination: string): Promise<number | undefined>;
  close(): Promise<void>;
}

/** More events wait than the relay is set to keep. */
export class BacklogFull extends Error {
  override readonly name = 'BacklogFull';
}

export const OUTBOX = Symbol('Outbox');
