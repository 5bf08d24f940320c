import type { DeadLetterFilter } from './outbox.port';

/** A step of putting away dead letters: they are no dead letters any more, and are kept as long as what was delivered. */
export interface DismissCall {
  readonly filter: DeadLetterFilter;
  readonly now: number;
  /** How many events at most. */
  readonly limit: number;
}

/** Dead letters that share their message at a destination. Times of acceptance, ISO-8601. */
export interface DeadLetterMessage {
  /** That of the newest, and its id. The first 200 characters make it the same. */
  readonly message: string | null;
  readonly sampleId: number;
  readonly newestAt: string;
  readonly count: number;
  /** There are more than `count`. */
  readonly isMore: boolean;
}

/** Dead letters of a destination that have the same reason, and what their messages say. Times of acceptance, ISO-8601. */
export interface DeadLetterGroup {
  readonly destination: string;
  readonly reason: string;
  /** That of the newest, and its id. */
  readonly message: string | null;
  readonly sampleId: number;
  readonly count: number;
  readonly oldestAt: string;
  readonly newestAt: string;
  /** The largest first. */
  readonly messages: readonly DeadLetterMessage[];
  /** There are more of them than are listed. */
  readonly hasOtherMessages: boolean;
}
