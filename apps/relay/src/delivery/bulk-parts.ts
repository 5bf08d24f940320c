import type { TurnMemory, TurnRoom } from '@segment-userleap/delivery';
import type { Clock } from './clock';
import { NO_NAMES } from '../outbox/port/event-names';
import type { LeaseCall, Leased, SentRequest, Settlement, Turn } from '../outbox/port/turn';

// Of users in one request. UserLeap would take 65,000 (libs/userleap-api, `MAX_BULK_ROWS`): with these the relay would need more than 512 MB.
const MOST_USERS = 15_000;
// Of their events.
const MOST_BYTES = 8 * 1024 * 1024;

/** Bulks that share a request: each was leased by itself, and is settled by itself. */
export interface JoinedTurn extends Turn {
  readonly parts: readonly Turn[];
}

interface Outside {
  readonly clock: Pick<Clock, 'now' | 'budgetNow'>;
  readonly memory: TurnMemory;
  readonly onRoom: () => void;
  /** Makes the room as narrow as what is leased. */
  lease(call: LeaseCall, room: TurnRoom): Promise<Leased>;
  /** Nothing more is to begin. */
  isStopped(): boolean;
}

/**
 * Leases further bulks, as long as there are any, to share the request of a first one. A lease and a settlement of a part hold the
 * intake up for a fraction of a second; all of it at once would for many.
 */
export async function joinBulks(
  first: Turn,
  call: LeaseCall & Required<Pick<LeaseCall, 'bulk'>>,
  { clock, memory, onRoom, lease, isStopped }: Outside,
): Promise<JoinedTurn> {
  const parts = [first];
  for (;;) {
    const users = parts.reduce((sum, { lanes }) => sum + lanes.length, 0);
    const bytes = parts.reduce((sum, part) => sum + bytesOf(part), 0);
    if (users >= MOST_USERS || bytes >= MOST_BYTES) break;
    const bulk = { least: 1, most: Math.min(call.bulk.most, MOST_USERS - users), isAll: true };
    const room = isStopped() ? undefined : memory.take(false, onRoom);
    if (!room) break;
    const times = { now: clock.now(), budgetNow: clock.budgetNow() };
    // Where the store fails just now, what there is goes.
    const leased = await lease({ ...call, ...times, bulk, bytes: room.bytes }, room).catch(() => undefined);
    if (leased?.kind !== 'turns') break;
    parts.push(...leased.turns);
  }
  const events = parts.flatMap((part) => part.events).sort((one, other) => one.id - other.id);
  return { ...first, lanes: parts.flatMap(({ lanes }) => lanes), events, parts };
}

/** How each part of a turn ended, if it has any. */
export function splitSettlement(settlement: Settlement, turn: Turn): readonly Settlement[] {
  const parts = 'parts' in turn ? (turn as JoinedTurn).parts : [];
  if (parts.length < 2) return [settlement];
  const partOfUser = new Map(parts.flatMap(({ id, lanes }) => lanes.map(({ lane }) => [lane, id] as const)));
  const partOfEvent = new Map(parts.flatMap(({ id, events }) => events.map((event) => [event.id, id] as const)));
  return parts.map(({ id, lanes, isBackfilled }, at): Settlement => {
    const isFirst = at === 0;
    // Whoever is in no lane belongs to the first.
    const isOwn = (userId: string): boolean => (partOfUser.get(userId) ?? parts[0]?.id) === id;
    const own = { isOwn, isOwnEvent: (event: number) => partOfEvent.get(event) === id, isFirst };
    return {
      ...settlement,
      turn: {
        ...settlement.turn,
        id,
        lanes,
        isBackfilled,
        events: settlement.turn.events.filter((event) => own.isOwnEvent(event.id)),
      },
      results: settlement.results.filter((result) => own.isOwnEvent(result.id)),
      requests: settlement.requests.flatMap((request) => splitRequest(request, own)),
      next: new Map([...settlement.next].filter(([lane]) => isOwn(lane))),
      apart: (settlement.apart ?? []).filter(isOwn),
      // One place was used, or more; those of the others were not.
      places: isFirst ? settlement.places : [{ id, endedAt: null }],
      learnt: settlement.learnt.filter(([userId]) => isOwn(userId)),
      memories: new Map([...settlement.memories].filter(([userId]) => isOwn(userId))),
      givenBack: settlement.givenBack.filter(({ userId }) => isOwn(userId)),
      eventNames: isFirst ? settlement.eventNames : NO_NAMES,
    };
  });
}

interface Own {
  isOwn(userId: string): boolean;
  isOwnEvent(id: number): boolean;
  readonly isFirst: boolean;
}

/** The first part counts the request; the others keep that it carried their events, too. */
function splitRequest(request: SentRequest, { isOwn, isOwnEvent, isFirst }: Own): readonly SentRequest[] {
  const events = request.events.filter(isOwnEvent);
  if (events.length === 0 && !isFirst) return [];
  const { toldMany } = request;
  const told = toldMany ? { toldMany: toldMany.filter(({ userId }) => isOwn(userId)) } : {};
  return [{ ...request, events, ...told, carried: request.events.length, ...(isFirst ? {} : { isCounted: false }) }];
}

export function bytesOf({ events }: Turn): number {
  return events.reduce((sum, { body }) => sum + body.length, 0);
}
