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

/** What happened in the last hour, and what is there now. */
export interface OutboxOverview {
  /** The last 60, oldest first; the last is under way. */
  readonly minutes: readonly FlowMinute[];
  readonly pending: number;
  /** How many are held until it is known whose they are. */
  readonly held: number;
  /** Since when the event waits that waits longest, ISO-8601. */
  readonly oldestPendingAt: string | null;
  /** Those that can be replayed. */
  readonly deadLetters: number;
}
