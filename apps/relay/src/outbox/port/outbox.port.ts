import type { Secret } from '@segment-userleap/delivery';
import type { Claim, HeldBack, Outcome, ReasonCode } from '@segment-userleap/mapping';
import type { DeadLetterGroup, DismissCall } from './dead-letters';
import type { EventNamesPort } from './event-names';
import type { EventFilter, ListCursor, EventRecord, Priority } from './event-record';
import type { StoryEntry } from './event-story';
import type { LaneFilter, LaneRecord } from './lane-record';
import type { EndWaitingCall, MoveCall, OtherDestination, WaitingCursor, WaitingEvent } from './other-destination';
import type { Budget } from '../../config/rate-limit';
import type { BudgetInUse } from './budget-in-use';
import type { FlowCall, FlowPart } from './flow';
import type { OutboxOverview } from './overview';
import type { FindRepeatsCall, FoundRepeats } from './repeats';
import type {
  GiveUpCall,
  OvergrownLane,
  EndParkedCall,
  EnvironmentInUse,
  HastenCall,
  LeaveCall,
  EndedHeld,
  EndHeldCall,
  EraseCall,
  Erased,
  EraseHeldCall,
  PruneCall,
} from './steps';
import type { TrackCall, TrackedUsers, Usage, UsageCall } from './usage';
import type { Ended } from '../schema/outbox-schema';
import type { EndedEvents, LeaseCall, Leased, Reserved, Settlement, Turn } from './turn';

/** Where an event waits, and what that means for its lane. */
export interface Waiting {
  readonly lane: string;
  readonly createsUser: boolean;
  readonly deletesUser: boolean;
  /** The new user of an Alias. */
  readonly otherUser: string | null;
  /** It may share one request with what waits for many other users. */
  readonly mayBulk?: true;
}

/** It never waits: it had its outcome when it came. `userId` where one can be read. */
export interface Settled {
  readonly outcome: Outcome & { outcome: 'filtered' | 'unsupported' | 'rejected' };
  readonly userId: string | null;
}

/** An anonymous visitor's: it is held until it is known whose it is. */
export interface Held {
  readonly anonymousId: string;
}

/** Of an event whose user is known. */
export type Fate = Waiting | Settled;

/** An event to be kept. */
export interface NewEvent {
  readonly destination: string;
  readonly messageId: string;
  readonly type: string;
  /** Of a Track, a Screen or a Page, as a list shows it. */
  readonly eventName?: string | null;
  /** The event's JSON. */
  readonly body: string;
  readonly acceptedAt: number;
  readonly fate: Fate | Held;
  /** Part of a backfill: what is live goes before it. */
  readonly isBackfilled?: true;
  /** What is held under an anonymous id, and came before this event, is a user's. */
  readonly claim?: Claim;
  /** A list of event names leaves it out. */
  readonly heldBack?: HeldBack;
}

/** A destination that gets nothing but probes. */
export interface Pause {
  readonly reason: ReasonCode;
  readonly pausedAt: number;
  /** How many probes have failed. */
  readonly probes: number;
  readonly probeAt: number;
}

/** When a destination waited for a person, or for its settings to be mended. `until` is null while it still does. */
export interface PausedTime {
  readonly from: number;
  readonly until: number | null;
}

/** What is to be replayed; each field narrows it down. Dead letters, unless `state` says otherwise. */
export type DeadLetterFilter = Omit<EventFilter, 'search' | 'state' | 'before' | 'limit'> & {
  readonly state?: Ended | 'any';
};

export interface DeadLetter {
  readonly id: number;
  readonly acceptedAt: number;
  readonly destination: string;
  /** The event's JSON. */
  readonly body: string;
  /** Whose it is, where the event itself does not say so. */
  readonly claimedBy: string | null;
  readonly state: Ended;
}

/** How many of these there are. */
export type DeadLetterCount = Pick<DeadLetterGroup, 'destination' | 'reason' | 'count'>;

/** How many events wait; `parked`: those that wait for users whom UserLeap does not know. */
export interface WaitingCounts {
  readonly all: number;
  readonly parked: number;
}

/** Everything that is kept of an event. */
export interface KeptEvent {
  readonly event: EventRecord;
  /** The event's JSON; null once it was erased. */
  readonly body: string | null;
  readonly story: readonly StoryEntry[];
}

/** The durable store of what was accepted and what became of it. All times are epoch milliseconds. */
export interface OutboxPort extends EventNamesPort {
  /**
   * Keeps the events, all or none, on disk when it resolves; one whose message id is known there is passed over. Rejects
   * with `BacklogFull` where more wait already than may; of a backfill fewer may than of what is live.
   */
  accept(events: readonly NewEvent[]): Promise<void>;
  /**
   * Epoch milliseconds of the clock that all processes share that have the store: `now` in all these calls. Of a store with one
   * process it is the machine's.
   */
  readClock(): Promise<number>;
  /** The ready lanes whose oldest events are oldest, each with a place in the budget, or neither. */
  lease(call: LeaseCall): Promise<Leased>;
  /**
   * A place in the budget for one more request of a turn, or of none, now by the budget's clock. Rejects with `LeaseLost` where
   * others have taken the turn over.
   */
  reserve(turn: Pick<Turn, 'id' | 'isBackfilled'> | undefined, budget: Budget, budgetNow: number): Promise<Reserved>;
  /**
   * Keeps how turns of one destination ended, and frees their lanes; a lane ends where nothing waits in it any more. Returns
   * those turns, by id, that others have taken over: their end is not this process's to tell, and nothing of it is kept.
   */
  settle(settlements: readonly Settlement[]): Promise<readonly number[]>;
  /** Some of what may tell UserLeap nothing new, for which no place in the budget is needed then. */
  findRepeats(call: FindRepeatsCall): Promise<FoundRepeats>;
  /** Keeps how such turns of one destination ended. Returns those, by id, that nothing has come between. */
  endRepeats(settlements: readonly Settlement[]): Promise<readonly number[]>;
  /** No request of the budget before `until` of its clock. */
  block(budget: Budget, until: number): Promise<void>;
  /** The budget's use now; times are those of its clock. */
  budgetUse(budget: Budget, budgetNow: number): Promise<BudgetInUse>;
  /** Forgets requests that count for longer than any can: the clock that wrote them down was ahead. */
  dropFarPlaces(budget: Budget, budgetNow: number): Promise<void>;
  /** Makes a few lanes due that wait for a later time. Returns how many; fewer than it may be: no more do. */
  hastenLanes(call: HastenCall): Promise<number>;
  /**
   * Which environments destinations deliver to from now on; to be told before anything is leased. An environment is another
   * memory of users: who was known, or looked up in vain, under another key need not be under this one. What waits for other
   * destinations does not count against the backlog limit from now on.
   */
  useEnvironments(inUse: readonly EnvironmentInUse[]): Promise<void>;
  /**
   * Has a few users looked up in a destination's environment who were looked up in vain in one that it had before. Returns how
   * many; fewer than it may be: that was all.
   */
  leaveEnvironments(call: LeaveCall): Promise<number>;
  isKnownUser(environment: string, userId: string): Promise<boolean>;
  /** What UserLeap was told of a user (libs/delivery); undefined where nothing is kept. */
  loadMemory(environment: string, userId: string): Promise<Uint8Array | undefined>;
  /** The key of the hashes in it, of this store alone; made when it is asked for first. */
  loadSecret(): Promise<Secret>;
  /** When something of the user was delivered last to an environment, an Alias to it included; undefined where nothing is kept. */
  lastDelivered(environment: string, userId: string): Promise<number | undefined>;
  /** Takes places in a month for users, before anything is sent for them: on disk when it resolves, and never more than there are. */
  trackUsers(call: TrackCall): Promise<TrackedUsers>;
  /** What was sent in a month, and in the others that are kept. */
  usage(call: UsageCall): Promise<Usage>;
  /** Of that the days alone, of the month and the one before it: little, however much was sent. */
  usageDays(call: Pick<UsageCall, 'environment' | 'month'>): Promise<Usage['days']>;
  /** Whether UserLeap has taken something in an environment. */
  hasAnswered(environment: string): Promise<boolean>;
  /** Makes dead letters of what was queued before `before`, a little at a time. Returns those; none: all are. */
  giveUp(call: GiveUpCall): Promise<readonly EndedEvents[]>;
  /** Makes dead letters of what waits for users whom UserLeap does not know, a little at a time. Returns those. */
  endParked(call: EndParkedCall): Promise<readonly EndedEvents[]>;
  /** Lanes of a destination in which more than `most` events wait for their user, some of them. */
  findOvergrown(destination: string, most: number): Promise<readonly OvergrownLane[]>;
  /** Of all destinations of which events are or were kept, those that are not among these. */
  listOthers(configured: readonly string[]): Promise<readonly OtherDestination[]>;
  /** Of what waits for a destination a few events, or fewer where they are large, after a cursor. */
  loadWaiting(destination: string, after: WaitingCursor | undefined, limit: number): Promise<readonly WaitingEvent[]>;
  /** Moves events that wait and are not in flight. Returns how many do not wait any more where they did. */
  moveWaiting(call: MoveCall): Promise<number>;
  /** Makes dead letters of some of what waits for a destination and is not in flight. Returns those; none: all are. */
  endWaiting(call: EndWaitingCall): Promise<readonly EndedEvents[]>;
  /** Ends what has been held for too long, or is too much, the oldest first: a little of it. Returns that; none: no more is to end. */
  endHeld(call: EndHeldCall): Promise<readonly EndedHeld[]>;
  /** Erases some of what is held under an anonymous id. Returns how many events; none: nothing is held there. */
  eraseHeld(call: EraseHeldCall): Promise<number>;
  /** How many events are held, by destination, where any are. */
  countHeld(): Promise<ReadonlyMap<string, number>>;
  /** Keeps how much waits now, and for how long: what the overview tells of past minutes. */
  sampleBacklog(now: number): Promise<void>;
  /** The last minute before a time, epoch milliseconds of its start, in which that was kept; undefined where there is none. */
  lastSampleBefore(time: number): Promise<number | undefined>;
  /** Removes a little of what has had its end for long enough. Returns how many rows it changed. */
  prune(call: PruneCall): Promise<number>;
  /** Those that can be replayed, oldest first, those after a cursor; fewer than `limit` where they are large, but at least one. */
  loadDeadLetters(
    filter: DeadLetterFilter,
    after: ListCursor | undefined,
    limit: number,
  ): Promise<readonly DeadLetter[]>;
  /** Those that can be replayed, by destination and reason, the largest group first. */
  groupDeadLetters(): Promise<readonly DeadLetterGroup[]>;
  countDeadLettersByReason(): Promise<readonly DeadLetterCount[]>;
  /** How many `loadDeadLetters` would give in all; where it takes reading them, at most `most`. */
  countDeadLetters(filter: DeadLetterFilter, most?: number): Promise<number>;
  /** Puts away some dead letters, the oldest first. Returns how many; none: no more fit. */
  dismiss(call: DismissCall): Promise<number>;
  /** Makes events wait again that have ended so, as dead letters unless given, in the place that their arrival gives them. */
  requeue(events: readonly { id: number; fate: Fate; state?: Ended }[], now: number): Promise<void>;
  loadPauses(): Promise<ReadonlyMap<string, Pause>>;
  /** Undefined ends it. */
  savePause(destination: string, pause: Pause | undefined, now: number): Promise<void>;
  /** Since when a person has paused a destination. */
  loadHandPauses(): Promise<ReadonlyMap<string, number>>;
  /** Keeps that a person has paused a destination; one that is paused so already stays so. */
  pauseByHand(destination: string, pausedAt: number): Promise<void>;
  /** Ends every pause of a destination. */
  resume(destination: string, now: number): Promise<void>;
  /** Of every destination the times that its events need not have waited, as far as they are still kept. */
  loadPausedTimes(): Promise<ReadonlyMap<string, readonly PausedTime[]>>;
  /** A pause that goes on there counts until now at most: nobody can end it, as the destination is not configured. */
  endPausedTimes(destination: string, now: number): Promise<void>;
  /** Forgets those that ended before `before`. */
  forgetPausedTimes(destination: string, before: number): Promise<void>;
  /** Erases some of a user's events; what waits of them ends as filtered. Nothing is left of the user where it erased none. */
  eraseUser(call: EraseCall): Promise<Erased>;
  /**
   * Goes on erasing users whom UserLeap has erased, of whom there was more than a settlement takes. Returns how many events it
   * took; none: nothing is left.
   */
  goOnErasing(call: { readonly now: number; readonly limit: number }): Promise<number>;
  /** Newest first. */
  listEvents(filter: EventFilter): Promise<readonly EventRecord[]>;
  /** Undefined where there is none with this id. */
  loadEvent(id: number): Promise<KeptEvent | undefined>;
  /** Longest wait first. */
  listLanes(filter: LaneFilter): Promise<readonly LaneRecord[]>;
  overview(now: number): Promise<OutboxOverview>;
  flow(call: FlowCall): Promise<readonly FlowPart[]>;
  countPending(destination: string): Promise<number>;
  /** How many events wait for this reason, or for any, by destination, where any do. */
  countWaitingFor(reason?: ReasonCode): Promise<ReadonlyMap<string, number>>;
  /** Whether of the processes that share the store this one is to keep house. To be asked before each step. */
  keepsHouse(): Promise<boolean>;
  /** Writes as `accept` does, but keeps nothing: rejects where events could not be kept. Returns how many wait that count against the backlog limit. */
  tryWriting(): Promise<number>;
  /** Whether a request of a destination was answered since then, or in the minute before, to any process. */
  hasRequestedSince(destination: string, since: number): Promise<boolean>;
  /** Since when the event waits that goes next, or next of a priority; undefined where none could be delivered now. */
  readySince(destination: string, now: number, priority?: Priority): Promise<number | undefined>;
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
