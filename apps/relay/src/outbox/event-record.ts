import type { Warning } from '@segment-userleap/mapping';
import type { Selectable } from 'kysely';
import type { EventState, EventTable } from './outbox-schema';

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
  readonly limit: number;
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
    acceptedAt: new Date(row.accepted_at).toISOString(),
    settledAt: row.settled_at === null ? null : new Date(row.settled_at).toISOString(),
  };
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
  const at = new Date(now).toISOString();
  const last = history.at(-1);
  if (last?.reason !== reason || last.message !== message) {
    return [...history, { reason, message, times: 1, firstAt: at, lastAt: at }].slice(-MAX_HISTORY);
  }
  return [...history.slice(0, -1), { ...last, times: last.times + 1, lastAt: at }];
}

// Reasons that take turns for three days would fill the store.
const MAX_HISTORY = 100;
