import type { Outcome, Warning } from '@segment-userleap/mapping';
import type { EventState } from './outbox-schema';

/** An event to be kept: waiting in a lane, or with the outcome that it already has. */
export interface NewEvent {
  readonly destination: string;
  readonly messageId: string;
  readonly type: string;
  readonly body: unknown;
  readonly acceptedAt: number;
  readonly fate:
    | { readonly lane: string; readonly createsUser: boolean }
    | { readonly outcome: Outcome & { outcome: 'filtered' | 'unsupported' | 'rejected' } };
}

export interface LaneKey {
  readonly destination: string;
  readonly lane: string;
}

/** A lane whose turn it is. `attempts`: how often in a row it could not be emptied. */
export interface DueLane extends LaneKey {
  readonly attempts: number;
}

export interface PendingEvent {
  readonly id: number;
  readonly body: unknown;
  readonly acceptedAt: number;
}

/** What an attempt came to, for one event: its end, or why it goes on waiting. */
export interface AttemptResult {
  readonly id: number;
  readonly outcome: Outcome;
}

/** When a lane in which something goes on waiting is tried again. */
export interface NextAttempt {
  readonly dueAt: number;
  /** Waits for its user to become known: an Identify wakes it. */
  readonly parked: boolean;
}

/** What became of an event, for a person to read; no part of the event itself but its ids. */
export interface EventRecord {
  readonly id: number;
  readonly destination: string;
  readonly messageId: string;
  readonly type: string;
  readonly userId: string | null;
  readonly state: EventState;
  readonly reason: string | null;
  readonly message: string | null;
  readonly warnings: readonly Warning[];
  readonly attempts: number;
  readonly acceptedAt: string;
  readonly settledAt: string | null;
}

export interface EventFilter {
  readonly destination?: string;
  readonly messageId?: string;
  readonly userId?: string;
  readonly limit: number;
}

/** The durable store of what was accepted and what became of it. All times are epoch milliseconds. */
export interface OutboxPort {
  /** Keeps the events, all or none, on disk when it resolves; one whose message id is known there is passed over. */
  accept(events: readonly NewEvent[]): Promise<void>;
  /** The due lane whose oldest event is oldest, of these destinations and none of `except`. */
  findDueLane(destinations: readonly string[], now: number, except: readonly LaneKey[]): Promise<DueLane | undefined>;
  /** When the next lane of these destinations is due; undefined if none waits. */
  findNextDue(destinations: readonly string[], except: readonly LaneKey[]): Promise<number | undefined>;
  /** What waits in a lane, oldest first. */
  loadPending(lane: LaneKey, limit: number): Promise<readonly PendingEvent[]>;
  /** Keeps the results of an attempt; the lane ends where nothing waits in it any more. */
  settle(lane: DueLane, results: readonly AttemptResult[], now: number, next: NextAttempt): Promise<void>;
  /** Makes a parked lane due, if there is one. */
  wake(lane: LaneKey, now: number): Promise<void>;
  isKnownUser(destination: string, userId: string): Promise<boolean>;
  rememberUser(destination: string, userId: string, now: number): Promise<void>;
  forgetUser(destination: string, userId: string): Promise<void>;
  /** Newest first. */
  listEvents(filter: EventFilter): Promise<readonly EventRecord[]>;
  close(): Promise<void>;
}

export const OUTBOX = Symbol('Outbox');
