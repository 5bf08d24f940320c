import { CALLS } from '@segment-userleap/userleap-api';
import type { Selectable } from 'kysely';
import { parseHistory, parseReplays } from './event-record';
import type { EventState, EventTable, SentRequestTable } from './outbox-schema';
import { isoOf } from './iso-of';

/** Something that happened to an event. Times are ISO-8601. */
export type StoryEntry = { readonly at: string } & (
  | { readonly kind: 'accepted' | 'replayed' }
  /** An attempt that left it waiting; of many alike in a row the first and the last. */
  | {
      readonly kind: 'waited';
      readonly reason: string;
      readonly message: string;
      /** Before then it is not tried again. */
      readonly dueAt?: string;
      /** The how many-th that left it waiting. */
      readonly attempt: number;
    }
  /** A request that carried it, or asked whether its user is known. */
  | {
      readonly kind: 'request';
      readonly method: string;
      /** Without the id of the user. */
      readonly path: string;
      readonly status: number | null;
      /** Why there is no status. */
      readonly failure: string | null;
      readonly milliseconds: number;
      /** How many events shared it. */
      readonly events: number;
    }
  | {
      readonly kind: 'settled';
      readonly state: EventState;
      readonly reason: string | null;
      readonly message: string | null;
    }
);

type Event = Selectable<EventTable>;

// Of what happened in the same millisecond.
const ORDER: readonly StoryEntry['kind'][] = ['accepted', 'replayed', 'request', 'waited', 'settled'];

/** What happened to an event, oldest first. `dueAt`: when its lane is tried again. */
export function tellStory(
  event: Event,
  requests: readonly Selectable<SentRequestTable>[],
  dueAt: number | null,
): readonly StoryEntry[] {
  const story: StoryEntry[] = [
    { at: isoOf(event.accepted_at), kind: 'accepted' },
    ...requests.map(tellRequest),
    ...tellWaits(event, dueAt),
    ...tellEnds(event),
  ];
  return story.sort((a, b) => a.at.localeCompare(b.at) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

function tellRequest(request: Selectable<SentRequestTable>): StoryEntry {
  const { sent_at, kind, status, failure, milliseconds, events } = request;
  return { at: isoOf(sent_at), kind: 'request', ...CALLS[kind], status, failure, milliseconds, events };
}

function tellWaits({ state, history }: Event, dueAt: number | null): readonly StoryEntry[] {
  let attempt = 0;
  const waits = parseHistory(history).flatMap(({ reason, message, times, firstAt, lastAt }) => {
    const first = { at: firstAt, kind: 'waited', reason, message, attempt: attempt + 1 } as const;
    attempt += times;
    return times === 1 ? [first] : [first, { ...first, at: lastAt, attempt }];
  });
  const last = waits.at(-1);
  if (!last || state !== 'pending' || dueAt === null) return waits;
  return [...waits.slice(0, -1), { ...last, dueAt: isoOf(dueAt) }];
}

function tellEnds({ state, reason, message, settled_at, replays }: Event): readonly StoryEntry[] {
  const earlier = parseReplays(replays).flatMap((replay): readonly StoryEntry[] => [
    { at: isoOf(replay.settledAt), kind: 'settled', state: 'rejected', reason: replay.reason, message: replay.message },
    { at: isoOf(replay.at), kind: 'replayed' },
  ]);
  if (settled_at === null) return earlier;
  return [...earlier, { at: isoOf(settled_at), kind: 'settled', state, reason, message }];
}
