import { Doubts } from '@segment-userleap/delivery';
import type { Outcome } from '@segment-userleap/mapping';
import { monthOf } from '../outbox/counting/calendar';
import type { SentRequest, Turn } from '../outbox/port/turn';
import type { FoundUser } from '../outbox/port/usage';
import { toldOf } from '../outbox/usage/told-of';

// A user that cannot be looked up for so long is not to wait for ever: what is in doubt is sent.
const MOST_ATTEMPTS = 5;

/** The events of a turn that may have been sent before; undefined where there are none. */
export function doubtsOf({ lanes, events }: Pick<Turn, 'lanes' | 'events'>): Doubts | undefined {
  const doubts = new Map(
    lanes.flatMap(({ lane, doubt, attempts }) => (doubt && attempts < MOST_ATTEMPTS ? [[lane, doubt]] : [])),
  );
  if (doubts.size === 0) return undefined;
  const toldBefore = new Set([...doubts.values()].flatMap((doubt) => doubt.toldBefore));
  return new Doubts(
    (index) => {
      const event = events[index];
      const doubt = event && doubts.get(event.lane);
      return doubt && event.id <= doubt.upTo ? doubt.since : undefined;
    },
    (index) => toldBefore.has(events[index]?.id ?? NaN),
  );
}

/**
 * Users whom UserLeap was told of before this turn, by a process that died before it could count them: UserLeap shows events of theirs that
 * were in doubt, and that the turn need not send.
 */
export function findTold(
  { lanes, events }: Pick<Turn, 'lanes' | 'events'>,
  outcomes: readonly (Outcome | undefined)[],
  requests: readonly SentRequest[],
): readonly FoundUser[] {
  const sent = new Set(requests.flatMap((request) => (toldOf(request).length > 0 ? request.events : [])));
  return lanes.flatMap(({ lane, doubt, tracked }) => {
    if (!doubt) return [];
    const found = events.filter((event, index) => {
      const isShown = outcomes[index]?.outcome === 'delivered' && !sent.has(event.id);
      return event.lane === lane && event.id <= doubt.upTo && SHOWN.includes(event.type) && isShown;
    });
    const isTracked = (tracked ?? 0) >= monthOf(doubt.since);
    return found.length === 0 ? [] : [{ userId: lane, at: doubt.since, isTracked, events: found.length }];
  });
}

// Of these a profile shows that they came.
const SHOWN = ['track', 'page', 'screen'];
