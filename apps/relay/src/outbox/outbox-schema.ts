import type { Generated } from 'kysely';

/** What became of an accepted event so far: `pending`, or the outcome that ended it. `rejected` is a dead letter. */
export type EventState = 'pending' | 'delivered' | 'filtered' | 'unsupported' | 'rejected';

export interface EventTable {
  id: Generated<number>;
  destination: string;
  message_id: string;
  type: string;
  /** The user whose lane the event waits in; null where it never needed one. */
  lane: string | null;
  /** The event's JSON. */
  body: string;
  /** Epoch milliseconds, as all times here. */
  accepted_at: number;
  state: EventState;
  attempts: number;
  /** Of the last attempt or the end. */
  reason: string | null;
  message: string | null;
  /** JSON array. */
  warnings: string;
  settled_at: number | null;
}

/** A user's queue at one destination; exists while something is pending in it. */
export interface LaneTable {
  destination: string;
  lane: string;
  oldest_event: number;
  due_at: number;
  attempts: number;
  /** 1: waits for its user to become known. */
  parked: number;
}

export interface KnownUserTable {
  destination: string;
  user_id: string;
  learnt_at: number;
}

export interface OutboxSchema {
  events: EventTable;
  lanes: LaneTable;
  known_users: KnownUserTable;
}
