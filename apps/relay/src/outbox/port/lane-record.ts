import type { ListCursor, Priority } from './event-record';
import type { LanePause } from './lane-pause';

export interface LaneFilter {
  readonly destination?: string;
  readonly userId?: string;
  readonly before?: ListCursor;
  readonly now: number;
  readonly limit: number;
}

/** A user's queue at one destination. Times are ISO-8601. */
export interface LaneRecord {
  readonly destination: string;
  readonly userId: string;
  readonly pending: number;
  /** `backfill`: it holds nothing else. */
  readonly priority: Priority;
  /** Since when the event waits that waits longest. */
  readonly oldestAt: string;
  /** Null: ready. */
  readonly dueAt: string | null;
  readonly attempts: number;
  /** Of the event that waits longest: what its last attempt came to; null where there was none. */
  readonly reason: string | null;
  readonly message: string | null;
  /** Null: its destination is not paused. */
  readonly pause: LanePause | null;
  /** `answer`: it is in flight. `identify`: its user is not known. `pause`: its destination is paused. */
  readonly waitsFor: 'budget' | 'retry' | 'pause' | 'identify' | 'answer';
  readonly cursor: ListCursor;
}
