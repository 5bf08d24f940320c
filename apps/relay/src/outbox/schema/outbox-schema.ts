import type { UserLeapRequest } from '@segment-userleap/userleap-api';
import type { Generated, Kysely, Transaction } from 'kysely';
import type { UsageDayColumns, UsageMonthColumns, UsageMostColumns, UsageSavedColumns } from './usage-schema';

/**
 * What became of an accepted event so far: `pending`, `held` until it is known whose it is, or the outcome that ended it.
 * `rejected` is a dead letter, `dismissed` one that somebody has put away.
 */
export type EventState = 'pending' | 'held' | 'delivered' | 'filtered' | 'unsupported' | 'rejected' | 'dismissed';

/** What an event may have ended as. */
export type Ended = Exclude<EventState, 'pending' | 'held'>;

/** A flag, as every database can hold it. */
export type Flag = 0 | 1;

export interface EventColumns {
  /** Ascending in order of arrival. */
  id: Generated<number>;
  destination: string;
  message_id: string;
  type: string;
  /**
   * Whose event it is, whether it waits in that user's lane or never did: the old user of an Alias. Null where there is none,
   * or was erased.
   */
  lane: string | null;
  /** The new user of an Alias, which waits in the old user's lane. */
  other_user: string | null;
  /** The event's JSON; empty once it was erased. */
  body: string;
  /** Epoch milliseconds, as all times here. */
  accepted_at: number;
  /** Accepted or replayed, of a backfilled event also tried first: the retry horizon counts from here. */
  queued_at: number;
  state: EventState;
  attempts: number;
  /** Of the last attempt or the end. */
  reason: string | null;
  message: string | null;
  /** JSON array. */
  warnings: string;
  /** What kept it waiting: JSON array of `HistoryEntry`. */
  history: string;
  /** Ids of the last requests that carried it: JSON array. */
  requests: Generated<string>;
  /** How it ended before it was replayed: JSON array of `Replay`. */
  replays: Generated<string>;
  settled_at: number | null;
  /** Of an anonymous visitor's event, under which it is held, or was. */
  anonymous_id: string | null;
  /** When it became known that it is the event of the user in whose lane it stands: the event itself names none. */
  claimed_at: number | null;
  /** It came as part of a backfill: what is live goes before it. */
  backfilled: Generated<Flag>;
  /** The name of a Track, a Screen or a Page, at most 255 characters of it. */
  event_name: string | null;
}

/** A user's queue at one destination; exists while something is pending in it. */
export interface LaneColumns {
  destination: string;
  lane: string;
  /** Its rank: the oldest live event; where there is none, the oldest. */
  oldest_event: number;
  /** The earliest of its events', but for backfilled ones that have not been tried beside others: their horizon has not begun. */
  queued_at: number;
  /** Null: ready to be sent. A time that has come is as good. */
  due_at: number | null;
  attempts: number;
  /** Waits for its user to become known; `due_at` is when that one is looked up. */
  parked: Flag;
  /** How many events wait in it while it is parked. */
  parked_events: Generated<number>;
  /** In flight. */
  leased: Flag;
  /** What it may wait for came while it was in flight. */
  woken: Flag;
  /** Something in it creates the user. */
  creates_user: Flag;
  /** The last Delete that waits in it. */
  last_delete: number | null;
  /** The last of its events in its last turn, and how many of them there were. */
  leased_up_to: number | null;
  leased_events: number | null;
  /** The last event that may have been sent by a process that died, how many there were, and since when nobody knows. */
  in_doubt_up_to: number | null;
  in_doubt_events: number | null;
  in_doubt_since: number | null;
  /** It holds nothing but backfilled events: live lanes go first. */
  backfilled: Generated<Flag>;
  /** It may share one request with many others: it never held anything but Identifies. */
  bulk: Generated<Flag>;
}

/** An endpoint with a key that selects one of UserLeap's environments there; both cannot be read from `id`. */
export interface EnvironmentColumns {
  id: string;
  /** Under which its users are kept: `id`, or the name of the destination that learnt of them before there were environments. */
  users_key: string;
  /** UserLeap has taken something there. */
  answered: Flag;
}

/** An environment that a destination delivers to, or has before. */
export interface DestinationEnvironmentColumns {
  destination: string;
  environment: string;
  /** When the destination was started last. */
  in_use: Flag;
}

/** What UserLeap is known to know. */
export interface EnvironmentUserColumns {
  /** The environment's `users_key`. */
  environment: string;
  user_id: string;
  /** 0: it did not when it was asked last. */
  known: Flag;
  learnt_at: number;
  /** Of an unknown user: how often it was looked up in vain, and when to ask again. */
  look_ups: number;
  look_up_at: number | null;
  /** What it was told of a known user: hashes and times, as libs/delivery writes them. */
  told: Uint8Array | null;
  /** The last month in which something may have been sent for it: 202612. */
  tracked: number | null;
}

/** What nobody else may know. */
export interface SecretColumns {
  id: string;
  value: string;
}

/** A place in a budget: it is taken until `free_at`, a window after the answer to its request. */
export interface BudgetPlaceColumns {
  id: Generated<number>;
  budget: string;
  free_at: number;
  /** Taken by a turn of backfilled events that no live one has gone without. */
  backfilled: Generated<Flag>;
}

export interface BudgetColumns {
  id: string;
  /** The limit that `next_at` and `backfill_next_at` were planned for. */
  rate: string;
  /** No request before this time: they are spread evenly. */
  next_at: number;
  /** The same for backfilled events: what is live does not wait for them. */
  backfill_next_at: Generated<number>;
  /** No request before this time: UserLeap said so. */
  blocked_until: number;
}

/** A destination that gets nothing but probes. */
export interface PauseColumns {
  destination: string;
  reason: string;
  paused_at: number;
  probes: number;
  probe_at: number;
  /** Since when its settings are to blame; null where they are not. */
  misconfigured_at: number | null;
}

/** A destination that a person has paused. */
export interface HandPauseColumns {
  destination: string;
  paused_at: number;
}

/** A time in which a destination waited for a person, or for its settings to be mended, and that has ended. */
export interface PastPauseColumns {
  destination: string;
  cause: 'person' | 'settings';
  paused_at: number;
  ended_at: number;
}

/** How many events of a kind there are. Kinds that there were before stay, with 0. */
export interface EventCountColumns {
  destination: string;
  state: EventState;
  type: string;
  /** Empty: none. */
  reason: string;
  erased: Flag;
  count: number;
}

/** `sent`, or which of the lists of event names leaves it out. */
export type NameKind = 'sent' | 'event_denied' | 'event_not_allowed';

/** A name of events. */
export interface EventNameColumns {
  /** The environment that it was sent to, or the destination whose settings leave it out. */
  scope: string;
  kind: NameKind;
  /** Empty: what is not kept apart. */
  name: string;
  first_at: number;
  last_at: number;
  /** Of `sent`, those that UserLeap has taken. */
  events: number;
  refused: number;
  /** When UserLeap has refused it alone; null once it takes it. */
  refused_at: number | null;
  /** When somebody has marked it as set up. */
  set_up_at: number | null;
  /** 0: nobody knows yet that it is new. */
  told: Flag;
}

/** What happened at a destination in a minute: events that came, events that ended, requests that were sent. */
export interface FlowColumns {
  /** Its start. */
  minute: number;
  destination: string;
  accepted: number;
  delivered: number;
  filtered: number;
  unsupported: number;
  rejected: number;
  requests: number;
}

/** The most that waited at a destination in a minute, and the longest wait there, as far as somebody looked. */
export interface BacklogSampleColumns {
  /** Its start. */
  minute: number;
  destination: string;
  waiting: number;
  /** Milliseconds. */
  longest_wait: number;
}

/** A request to UserLeap, and what came back; nothing of what it carried. */
export interface SentRequestColumns {
  id: Generated<number>;
  kind: UserLeapRequest['kind'] | 'bulk';
  sent_at: number;
  milliseconds: number;
  status: number | null;
  /** Why there is no status. */
  failure: string | null;
  /** How many events shared it. */
  events: number;
  /** UserLeap took it: of no more use than what it delivered. */
  succeeded: Flag;
}

/** A user that is erased in steps, and has not been so altogether. */
export interface ErasureColumns {
  destination: string;
  user_id: string;
  /** The last event that goes: what came later stays. */
  up_to: number;
}

/** A move of the whole store from SQLite to PostgreSQL, as both keep it. */
export interface StoreMoveColumns {
  id: string;
  /** Given up: a relay went on with the store that was to be moved. */
  state: 'under_way' | 'given_up' | 'complete';
  /** Only in PostgreSQL: what was copied last. */
  at_table: string | null;
  at_row: number | null;
}

export interface OutboxSchema {
  events: EventColumns;
  lanes: LaneColumns;
  environments: EnvironmentColumns;
  destination_environments: DestinationEnvironmentColumns;
  environment_users: EnvironmentUserColumns;
  secrets: SecretColumns;
  budget_places: BudgetPlaceColumns;
  budgets: BudgetColumns;
  pauses: PauseColumns;
  pauses_by_hand: HandPauseColumns;
  past_pauses: PastPauseColumns;
  event_counts: EventCountColumns;
  event_names: EventNameColumns;
  flow: FlowColumns;
  backlog_samples: BacklogSampleColumns;
  sent_requests: SentRequestColumns;
  erasures: ErasureColumns;
  usage_months: UsageMonthColumns;
  usage_days: UsageDayColumns;
  usage_saved: UsageSavedColumns;
  usage_most: UsageMostColumns;
  store_moves: StoreMoveColumns;
}

export type Db = Kysely<OutboxSchema>;
export type Tx = Transaction<OutboxSchema>;
