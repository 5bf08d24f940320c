import type { Outcome } from '@segment-userleap/mapping';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { Budget } from '../../config/rate-limit';
import type { FoundUser, TakenUser, ToldUser } from './usage';
import type { TurnNames } from './event-names';

/** A lane in flight: nobody else gets it before it is settled. */
export interface LeasedLane {
  readonly lane: string;
  /** How often in a row it could not be emptied; of a parked lane, how often its user was looked up in vain. */
  readonly attempts: number;
  readonly isParked: boolean;
  /** It held nothing but backfilled events. */
  readonly isBackfilled: boolean;
  /** UserLeap is known to know its user; false: it may. */
  readonly isKnown: boolean;
  /** What UserLeap was told of its user (libs/delivery); null where nothing is kept. */
  readonly memory: Uint8Array | null;
  /** The last month in which something may have been sent for its user (UTC): 202612. */
  readonly tracked: number | null;
  /** The last Delete that waits in it. */
  readonly lastDelete: number | null;
  /** Null where nothing in it is in doubt. */
  readonly doubt: Doubt | null;
}

/** A process had a lane in flight and died: nobody knows whether UserLeap got these events. */
export interface Doubt {
  /** The last event that was in flight; so were those before it. */
  readonly upTo: number;
  /** Epoch milliseconds; nothing was sent after it. */
  readonly since: number;
  /** Those of them that UserLeap may have been told by an earlier turn, whose answer was lost. */
  readonly toldBefore: readonly number[];
}

export interface EventInFlight {
  readonly id: number;
  readonly lane: string;
  readonly type: string;
  readonly queuedAt: number;
  readonly isBackfilled: boolean;
}

export interface PendingEvent extends EventInFlight {
  /** The event's JSON. */
  readonly body: string;
  /** Before `queuedAt` where it has been put into its lane anew: claimed, replayed, moved, or tried first long after it came. */
  readonly acceptedAt: number;
  /** When it became known that it is the lane's user's, epoch milliseconds; null where the event itself says so. */
  readonly claimedAt: number | null;
  /** Nothing was made of it yet. */
  readonly isUntried: boolean;
}

/**
 * What goes out together: all that waits in one lane, or in up to 100 lanes whose users are to be deleted, up to 1,000 events
 * and 4 MB, but at least one event; or a bulk. In order of arrival.
 */
export interface Turn {
  /** The place in the budget for its first request. No other turn ever has it, so that it tells the turn, too. */
  readonly id: number;
  readonly destination: string;
  readonly lanes: readonly LeasedLane[];
  readonly events: readonly PendingEvent[];
  /** The place is void after this time of the budget's clock: a process that was stopped for a while must not use it. */
  readonly usableUntil: number;
  readonly isPurge: boolean;
  /** Nothing in it is live. */
  readonly isBackfilled: boolean;
  /** Many users, of whom nothing but Identifies wait, are to share a request. */
  readonly isBulk?: true;
}

/** Where live lanes are ready all the time, one turn of this many is for backfilled ones. */
export const TURNS_PER_BACKFILL = 10;

export interface LeaseCall {
  readonly destination: string;
  /** Whose users are known. */
  readonly environment: string;
  readonly budget: Budget;
  readonly now: number;
  /** `Clock.budgetNow`: places in the budget are counted by it. */
  readonly budgetNow: number;
  /** One purge at a time: what comes meanwhile shares the next one. */
  readonly mayPurge: boolean;
  /** Whether users that are not known are looked up before anything of theirs is sent. */
  readonly looksUp: boolean;
  /** How many such look-ups may go before what could be delivered. */
  readonly lookUpsFirst: number;
  /** How many turns of live lanes there were since one of a backfill: these count with those of this call (`TURNS_PER_BACKFILL`). */
  readonly liveTurns: number;
  /** Of the backfill's turns, how many may be look-ups that go before what could be delivered. */
  readonly backfilledLookUpsFirst: number;
  /** How many turns at most. */
  readonly most: number;
  /** How many of them may be of a backfill that has nothing live before it. */
  readonly mostBackfilled: number;
  /** How many bytes their events may have in all, but for a turn that is the only one. */
  readonly bytes: number;
  /** How many users may share one turn; not given: they go one by one. */
  readonly bulk?: BulkSize;
  /** The destination is paused, and one turn is to probe it. */
  readonly probe?: Probe;
}

/** How many users share a turn at least, and at most. */
export interface BulkSize {
  readonly least: number;
  readonly most: number;
  /** Nothing else is wanted. */
  readonly isAll?: boolean;
  /** One is under way: where enough wait for another, nothing goes meanwhile. */
  readonly isBusy?: boolean;
}

/** A probe that is due. Of the processes that know so one may go: the next is due at `next`, unless it is told otherwise. */
export interface Probe {
  readonly due: number;
  readonly next: number;
}

export type Leased =
  /** At least one, none with a lane of another; a purge comes alone. */
  | { readonly kind: 'turns'; readonly turns: readonly Turn[] }
  /** Some of what Deletes overtook, which go when nothing of it is left: filtered now. To be asked again. */
  | { readonly kind: 'dropped'; readonly dropped: readonly EndedEvents[] }
  /** No lane is ready before `until`, unless something new comes; undefined: until it does. */
  | { readonly kind: 'idle'; readonly until: number | undefined }
  /** A lane is ready, but the budget has no place before `until` of its clock, whatever comes; `isForBackfill`: unless what comes is live. */
  | { readonly kind: 'wait'; readonly until: number; readonly isForBackfill?: true }
  /** Lanes of unknown users were put aside, and there may be others behind them: to be asked again. */
  | { readonly kind: 'again' }
  /** The pause is another by now than the one that was to be probed. */
  | { readonly kind: 'probed' };

export type Reserved =
  /** At least one, all usable for as long. */
  | { readonly kind: 'places'; readonly ids: readonly number[]; readonly usableUntil: number }
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

/** A turn that was tried: what its events held is of no use any more. */
export interface EndedTurn extends Omit<Turn, 'events'> {
  readonly events: readonly EventInFlight[];
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
  readonly kind: UserLeapRequest['kind'] | 'bulk';
  readonly sentAt: number;
  readonly milliseconds: number;
  readonly reply: { readonly status: number } | Extract<UserLeapReply, { failure: string }>;
  /** Ids of the events that it carried, or that it was made for; of this turn. */
  readonly events: readonly number[];
  /** How many they were, with those of other turns. */
  readonly carried?: number;
  /** False: one of those turns counts it. */
  readonly isCounted?: boolean;
  /** Only of an upsert. */
  readonly told?: ToldUser;
  /** The same of a bulk. */
  readonly toldMany?: readonly ToldUser[];
}

/** A place in the budget that a turn has taken. */
export interface TakenPlace {
  readonly id: number;
  /** When the answer to its request came, by the budget's clock; null where none was sent. */
  readonly endedAt: number | null;
}

/** What UserLeap has shown of a user: that it knows it, or has erased it; then the store erases what it holds of it, too. */
export type Learnt = readonly [userId: string, news: 'known' | 'erased'];

/** How a turn ended. */
export interface Settlement {
  readonly turn: EndedTurn;
  /** It was sent to. */
  readonly environment: string;
  readonly now: number;
  readonly results: readonly AttemptResult[];
  readonly requests: readonly SentRequest[];
  /** By lane, for those in which something goes on waiting. */
  readonly next: ReadonlyMap<string, NextAttempt>;
  /** Lanes that are to go by themselves from now on. */
  readonly apart?: readonly string[];
  readonly places: readonly TakenPlace[];
  readonly budget: Budget;
  /** What was learnt of users, in order. */
  readonly learnt: readonly Learnt[];
  /** What UserLeap was told of users, after whatever was learnt. */
  readonly memories: ReadonlyMap<string, Uint8Array>;
  /** UserLeap has taken something. */
  readonly hasAnswered: boolean;
  /** Users who took a place in their month for nothing: UserLeap has refused all of theirs. */
  readonly givenBack: readonly TakenUser[];
  /** Users to be counted for whom the turn sent nothing: a process that died did. */
  readonly found?: readonly FoundUser[];
  /** Of its events. */
  readonly eventNames: TurnNames;
}
