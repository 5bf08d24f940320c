import type { Selectable } from 'kysely';
import type { HistoryEntry } from '../port/event-record';
import { isoOf } from '../port/iso-of';
import type { Ended, EventColumns } from '../schema/outbox-schema';

/** How an event had ended before somebody took it up again, or put it away. */
export interface Replay {
  readonly at: number;
  readonly settledAt: number;
  /** `rejected`, unless given. */
  readonly state?: Ended;
  /** It was put away. */
  readonly isDismissal?: true;
  readonly reason: string | null;
  readonly message: string | null;
}

export function parseReplays(json: string): readonly Replay[] {
  return JSON.parse(json) as readonly Replay[];
}

type Ending = Pick<Selectable<EventColumns>, 'replays' | 'settled_at' | 'state' | 'reason' | 'message'>;

/** The ends of an event with the present one, as JSON. */
export function addReplay(
  { replays, settled_at, state, reason, message }: Ending,
  now: number,
  more: Pick<Replay, 'isDismissal'> = {},
): string {
  const before = state === 'rejected' || state === 'pending' || state === 'held' ? {} : { state };
  const replay: Replay = { at: now, settledAt: settled_at ?? now, ...before, ...more, reason, message };
  return JSON.stringify([...parseReplays(replays), replay].slice(-MAX_HISTORY));
}

/** Whether the event was delivered, now or before a replay. */
export function hasBeenDelivered({ state, replays }: Pick<Ending, 'state' | 'replays'>): boolean {
  return (
    state === 'delivered' || (replays !== '[]' && parseReplays(replays).some((replay) => replay.state === 'delivered'))
  );
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
