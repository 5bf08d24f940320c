import type { Warning } from '@segment-userleap/mapping';
import type { Selectable } from 'kysely';
import type { EventState, EventTable } from './outbox-schema';
import { isoOf } from './iso-of';

/** Something that kept an event waiting, as often as it did so in a row. Times are ISO-8601. */
export interface HistoryEntry {
  readonly reason: string;
  readonly message: string;
  readonly times: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

/** What became of an event, for a person to read; no part of the event itself but its ids. Times are ISO-8601. */
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
  /** Accepted then or later, epoch milliseconds. */
  readonly from?: number;
  /** Accepted before then, epoch milliseconds. */
  readonly to?: number;
  /** The page after the one that ended here. */
  readonly before?: EventPlace;
  readonly limit: number;
}

/** A place in a list that is in order of time: epoch milliseconds, and an id among what is of the same time. */
export interface EventPlace {
  readonly at: number;
  readonly id: number;
}

export function toEventRecord(row: Selectable<EventTable>): EventRecord {
  return {
    id: row.id,
    destination: row.destination,
    messageId: row.message_id,
    type: row.type,
    userId: row.lane,
    state: row.state,
    reason: row.reason,
    message: row.message,
    warnings: JSON.parse(row.warnings) as readonly Warning[],
    attempts: row.attempts,
    history: parseHistory(row.history),
    acceptedAt: isoOf(row.accepted_at),
    settledAt: row.settled_at === null ? null : isoOf(row.settled_at),
  };
}

/** How a dead letter had ended before it was taken up again. */
export interface Replay {
  readonly at: number;
  readonly settledAt: number;
  readonly reason: string | null;
  readonly message: string | null;
}

export function parseReplays(json: string): readonly Replay[] {
  return JSON.parse(json) as readonly Replay[];
}

/** The replays of an event with one more, as JSON. */
export function addReplay(
  {
    replays,
    settled_at,
    reason,
    message,
  }: Pick<Selectable<EventTable>, 'replays' | 'settled_at' | 'reason' | 'message'>,
  now: number,
): string {
  const replay: Replay = { at: now, settledAt: settled_at ?? now, reason, message };
  return JSON.stringify([...parseReplays(replays), replay].slice(-MAX_HISTORY));
}

export function parseHistory(json: string): readonly HistoryEntry[] {
  return JSON.parse(json) as readonly HistoryEntry[];
}

/** The history with one more thing that kept the event waiting; what repeats itself is counted. */
export function addToHistory(
  history: readonly HistoryEntry[],
  { reason, message }: { reason: string; message: string },
  now: number,
): readonly HistoryEntry[] {
  const at = isoOf(now);
  const last = history.at(-1);
  if (last?.reason !== reason || last.message !== message) {
    return [...history, { reason, message, times: 1, firstAt: at, lastAt: at }].slice(-MAX_HISTORY);
  }
  return [...history.slice(0, -1), { ...last, times: last.times + 1, lastAt: at }];
}

// Reasons that take turns for three days, or replays by a clock, would fill the store.
export const MAX_HISTORY = 100;
