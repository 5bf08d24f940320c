import { BULK_CALL, CALLS } from '@segment-userleap/userleap-api';
import type { Selectable } from 'kysely';
import type { StoryEntry } from '../port/event-story';
import { isoOf } from '../port/iso-of';
import type { EventColumns, SentRequestColumns } from '../schema/outbox-schema';
import { parseHistory, parseReplays } from '../turns/event-history';

type Event = Selectable<EventColumns>;

// Of what happened in the same millisecond.
const ORDER: readonly StoryEntry['kind'][] = [
  'accepted',
  'held',
  'claimed',
  'replayed',
  'request',
  'waited',
  'settled',
];

/** What happened to an event, oldest first. `dueAt`: when its lane is tried again. */
export function tellStory(
  event: Event,
  requests: readonly Selectable<SentRequestColumns>[],
  dueAt: number | null,
): readonly StoryEntry[] {
  const story: StoryEntry[] = [
    { at: isoOf(event.accepted_at), kind: 'accepted' },
    ...tellHold(event),
    ...requests.map(tellRequest),
    ...tellWaits(event, dueAt),
    ...tellEnds(event),
  ];
  return story.sort((a, b) => a.at.localeCompare(b.at) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

function tellHold({ anonymous_id, claimed_at, accepted_at }: Event): readonly StoryEntry[] {
  if (anonymous_id === null && claimed_at === null) return [];
  const held = { at: isoOf(accepted_at), kind: 'held' } as const;
  return claimed_at === null ? [held] : [held, { at: isoOf(claimed_at), kind: 'claimed' }];
}

function tellRequest(request: Selectable<SentRequestColumns>): StoryEntry {
  const { sent_at, kind, status, failure, milliseconds, events } = request;
  return {
    at: isoOf(sent_at),
    kind: 'request',
    ...(kind === 'bulk' ? BULK_CALL : CALLS[kind]),
    status,
    failure,
    milliseconds,
    events,
  };
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
    {
      at: isoOf(replay.settledAt),
      kind: 'settled',
      state: replay.state ?? 'rejected',
      reason: replay.reason,
      message: replay.message,
    },
    // What was put away has ended by that: it says so itself.
    ...(replay.isDismissal ? [] : [{ at: isoOf(replay.at), kind: 'replayed' } as const]),
  ]);
  if (settled_at === null) return earlier;
  return [...earlier, { at: isoOf(settled_at), kind: 'settled', state, reason, message }];
}
