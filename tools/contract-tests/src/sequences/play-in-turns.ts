import type { Sequence, SequenceEvent } from './arbitrary-sequence';

/** What came of an event in a turn. */
export type Fate = 'ended' | 'waits_for_user' | 'waits';

/** A host that is handed events in turns. */
export interface TurnHost {
  /** One fate for each event, in their order. */
  deliver(events: readonly SequenceEvent[]): Promise<readonly Fate[]>;
  passTime(milliseconds: number): Promise<void>;
}

/** For what waits for a user that never comes. */
export const GRACE_SECONDS = 86_400;

export const TURNS_BEGIN_AT = Date.parse('2026-01-15T11:00:00.000Z');

// Longer than UserLeap takes to show what it was told.
const BETWEEN_TURNS_MS = 11_000;
const MOST_TURNS = 100;

/** Hands over batch after batch; what waits goes before what comes later. Ends where all that is left waits for its user. */
export async function playInTurns(batches: readonly (readonly SequenceEvent[])[], host: TurnHost): Promise<void> {
  let waiting: readonly SequenceEvent[] = [];
  const left = [...batches];
  let isOver = false;
  for (let turn = 0; !isOver && turn < MOST_TURNS; turn += 1) {
    const events = [...waiting, ...(left.shift() ?? [])];
    const fates = await host.deliver(events);
    waiting = events.filter((_, index) => fates[index] !== 'ended');
    // What waits for an Identify that never comes would wait for ever.
    isOver = left.length === 0 && fates.every((fate) => fate === 'waits_for_user');
    await host.passTime(BETWEEN_TURNS_MS);
  }
}

/** The events as they are handed over. */
export function batchesOf({ events, cuts }: Sequence): readonly (readonly SequenceEvent[])[] {
  const batches: SequenceEvent[][] = [];
  let from = 0;
  for (const cut of cuts) batches.push(events.slice(from, (from += cut)));
  return [...batches, events.slice(from)];
}
