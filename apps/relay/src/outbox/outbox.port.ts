import type { Outcome, ReasonCode } from '@segment-userleap/mapping';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { EventFilter, EventPlace, EventRecord } from './event-record';
import type { StoryEntry } from './event-story';
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
  /** The place is void after this time: a process that was stopped for a while must not use it. */
  readonly usableUntil: number;
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
  /** The destination is paused, and this turn is to probe it. */
  readonly probe?: Probe;
}

/** A probe that is due. Of the processes that know so one may go: the next is due at `next`, unless it is told otherwise. */
export interface Probe {
  readonly due: number;
  readonly next: number;
}

export type Leased =
  | {
      readonly kind: 'turn';
      readonly turn: Turn;
      /** What its Deletes overtook: filtered now. */
      readonly dropped: readonly EndedEvents[];
    }
  /** No lane is ready before `until`, unless something new comes; undefined: until it does. */
  | { readonly kind: 'idle'; readonly until: number | undefined }
  /** A lane is ready, but the budget has no place before `until`, whatever comes. */
  | { readonly kind: 'wait'; readonly until: number }
  /** The pause is another by now than the one that was to be probed. */
  | { readonly kind: 'probed' };

export type Reserved =
  | { readonly kind: 'slot'; readonly slot: number; readonly usableUntil: number }
  | { readonly kind: 'wait'; readonly until: number };

/** Events of one type that came to their end unsent. */
export interface EndedEvents {
  readonly type: string;
  readonly reason: string;
  readonly count: number;
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

/** A request that a turn has sent. */
export interface SentRequest {
  readonly kind: UserLeapRequest['kind'];
  readonly sentAt: number;
  readonly milliseconds: number;
  readonly reply: { readonly status: number } | Extract<UserLeapReply, { failure: string }>;
  /** Ids of the events that it carried, or that it was made for. */
  readonly events: readonly number[];
}

/** How a turn ended. */
export interface Settlement {
  readonly turn: Turn;
  readonly now: number;
  readonly results: readonly AttemptResult[];
  readonly requests: readonly SentRequest[];
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
export type DeadLetterFilter = Omit<EventFilter, 'state' | 'from' | 'to' | 'before' | 'limit'>;

export interface DeadLetter {
  readonly id: number;
  readonly acceptedAt: number;
  readonly destination: string;
  readonly body: unknown;
}

/** Dead letters of a destination that have the same reason. Times of acceptance, ISO-8601. */
export interface DeadLetterGroup {
  readonly destination: string;
  readonly reason: string;
  /** That of the newest, and its id. */
  readonly message: string | null;
  readonly sampleId: number;
  readonly count: number;
  readonly oldestAt: string;
  readonly newestAt: string;
}

export interface GiveUpCall {
  readonly destination: string;
  readonly before: number;
  readonly now: number;
  /** Begins the message. */
  readonly sentence: string;
  /** What keeps the destination paused: why that was never tried which was never tried. */
  readonly pausedBy?: ReasonCode;
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

export interface LaneFilter {
  readonly destination?: string;
  readonly userId?: string;
  readonly before?: EventPlace;
  readonly now: number;
  readonly limit: number;
}

/** A user's queue at one destination. Times are ISO-8601. */
export interface LaneRecord {
  readonly destination: string;
  readonly userId: string;
  readonly pending: number;
  /** Since when the event waits that waits longest. */
  readonly oldestAt: string;
  /** Null: ready. */
  readonly dueAt: string | null;
  readonly attempts: number;
  /** `answer`: it is in flight. `identify`: its user is not known. */
  readonly waitsFor: 'budget' | 'retry' | 'identify' | 'answer';
  readonly place: EventPlace;
}

/** Everything that is kept of an event. */
export interface KeptEvent {
  readonly event: EventRecord;
  /** Null once it was erased. */
  readonly body: unknown;
  readonly story: readonly StoryEntry[];
}

/**
 * What happened in a minute: events that came, events that ended, requests that were sent. `at` is its start, ISO-8601.
 * `waiting` and the longest wait are the most that was seen in it; null where nobody looked.
 */
export interface FlowMinute {
  readonly at: string;
  readonly accepted: number;
  readonly delivered: number;
  readonly filtered: number;
  readonly unsupported: number;
  readonly rejected: number;
  readonly requests: number;
  readonly waiting: number | null;
  readonly longestWaitSeconds: number | null;
}

export interface OutboxOverview {
  /** The last 60, oldest first; the last is under way. */
  readonly minutes: readonly FlowMinute[];
  readonly pending: number;
  /** Since when the event waits that waits longest, ISO-8601. */
  readonly oldestPendingAt: string | null;
  /** Those that can be replayed. */
  readonly deadLetters: number;
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
  /** A place in the budget for one more request of a turn. Rejects with `LeaseLost` where others have taken the turn over. */
  reserve(turn: Turn, budget: Budget, now: number): Promise<Reserved>;
  /** Keeps how a turn ended, and frees its lanes; a lane ends where nothing waits in it any more. */
  settle(settlement: Settlement): Promise<void>;
  /** No request of the budget before `until`. */
  block(budget: Budget, until: number): Promise<void>;
  /** The budget's use: what counts now, and until when it is blocked. */
  budgetUse(budget: Budget, now: number): Promise<{ used: number; blockedUntil: number }>;
  isKnownUser(destination: string, userId: string): Promise<boolean>;
  /** Makes dead letters of what was queued before `before`, a little at a time. Returns those; none: all are. */
  giveUp(call: GiveUpCall): Promise<readonly EndedEvents[]>;
  /** Keeps how much waits now, and for how long: what the overview tells of past minutes. */
  sampleBacklog(now: number): Promise<void>;
  /** Removes a little of what has had its end for long enough. Returns how many rows it changed. */
  prune(call: PruneCall): Promise<number>;
  /** Those that can be replayed, oldest first, from the place on that is given. */
  loadDeadLetters(
    filter: DeadLetterFilter,
    after: EventPlace | undefined,
    limit: number,
  ): Promise<readonly DeadLetter[]>;
  /** Those that can be replayed, by destination and reason, the largest group first. */
  groupDeadLetters(): Promise<readonly DeadLetterGroup[]>;
  /** How many `loadDeadLetters` would give in all. */
  countDeadLetters(filter: DeadLetterFilter): Promise<number>;
  /** Makes dead letters wait again, in the place that their arrival gives them. */
  requeue(events: readonly { id: number; fate: Waiting | Settled }[], now: number): Promise<void>;
  loadPauses(): Promise<ReadonlyMap<string, Pause>>;
  savePause(destination: string, pause: Pause | undefined): Promise<void>;
  /** Since when a person has paused a destination. */
  loadHandPauses(): Promise<ReadonlyMap<string, number>>;
  /** Keeps that a person has paused a destination; one that is paused so already stays so. */
  pauseByHand(destination: string, pausedAt: number): Promise<void>;
  /** Ends every pause of a destination; lanes that back off are ready at once. */
  resume(destination: string): Promise<void>;
  /** Erases some of a user's events; what waits of them ends as filtered. Nothing is left of the user where it erased none. */
  eraseUser(call: EraseCall): Promise<Erased>;
  /** Newest first. */
  listEvents(filter: EventFilter): Promise<readonly EventRecord[]>;
  /** Undefined where there is none with this id. */
  loadEvent(id: number): Promise<KeptEvent | undefined>;
  /** Longest wait first. */
  listLanes(filter: LaneFilter): Promise<readonly LaneRecord[]>;
  overview(now: number): Promise<OutboxOverview>;
  countPending(destination: string): Promise<number>;
  /** Whether of the processes that share the store this one is to keep house. To be asked before each step. */
  keepsHouse(): Promise<boolean>;
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

/** Others have taken over what was in flight: its end is not this process's to tell. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export const OUTBOX = Symbol('Outbox');
