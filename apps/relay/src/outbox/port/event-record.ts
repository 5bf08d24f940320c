import type { Warning } from '@segment-userleap/mapping';
import type { EventState } from '../schema/outbox-schema';

/** Something that kept an event waiting, as often as it did so in a row. Times are ISO-8601. */
export interface HistoryEntry {
  readonly reason: string;
  readonly message: string;
  readonly times: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

/** `backfill`: what is live goes before it. */
export type Priority = 'live' | 'backfill';

/** What became of an event, for a person to read; no part of the event itself but its ids. Times are ISO-8601. */
export interface EventRecord {
  readonly id: number;
  readonly destination: string;
  readonly messageId: string;
  readonly type: string;
  /** The name of a Track, a Screen or a Page; null where there is none, or where it came before names were kept. */
  readonly event: string | null;
  readonly userId: string | null;
  /** Of an anonymous visitor's event: under which it is held, or was. */
  readonly anonymousId: string | null;
  readonly priority: Priority;
  readonly state: EventState;
  readonly reason: string | null;
  readonly message: string | null;
  readonly warnings: readonly Warning[];
  readonly attempts: number;
  readonly history: readonly HistoryEntry[];
  readonly acceptedAt: string;
  readonly settledAt: string | null;
}

/** Each field narrows the list. */
export interface EventFilter {
  readonly id?: number;
  readonly destination?: string;
  readonly messageId?: string;
  readonly userId?: string;
  readonly state?: EventState;
  readonly reason?: string;
  readonly type?: string;
  readonly event?: string;
  /** Of dead letters: its first 200 characters. */
  readonly message?: string;
  /** One of them. */
  readonly ids?: readonly number[];
  /** An id, the message id, the user id, the anonymous id of what is held, or a part of the event's name. */
  readonly search?: string;
  /** Accepted then or later, epoch milliseconds. */
  readonly from?: number;
  /** Accepted before then, epoch milliseconds. */
  readonly to?: number;
  /** The page after the one that ended here. */
  readonly before?: ListCursor;
  readonly limit: number;
}

/** Where a page of a list in order of time ends: epoch milliseconds, and an id among what is of the same time. */
export interface ListCursor {
  readonly at: number;
  readonly id: number;
}
