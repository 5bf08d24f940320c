import type { Selectable } from 'kysely';
import type { HistoryEntry } from '../port/event-record';
import { isoOf } from '../port/iso-of';
import type { EventColumns } from '../schema/outbox-schema';

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
  }: Pick<Selectable<EventColumns>, 'replays' | 'settled_at' | 'reason' | 'message'>,
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
