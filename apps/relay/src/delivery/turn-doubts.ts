import { Doubts } from '@segment-userleap/delivery';
import type { Turn } from '../outbox/port/turn';

// A user that cannot be looked up for so long is not to wait for ever: what is in doubt is sent.
const MOST_ATTEMPTS = 5;

/** The events of a turn that may have been sent before; undefined where there are none. */
export function doubtsOf({ lanes, events }: Pick<Turn, 'lanes' | 'events'>): Doubts | undefined {
  const doubts = new Map(
    lanes.flatMap(({ lane, doubt, attempts }) => (doubt && attempts < MOST_ATTEMPTS ? [[lane, doubt]] : [])),
  );
  if (doubts.size === 0) return undefined;
  return new Doubts((index) => {
    const event = events[index];
    const doubt = event && doubts.get(event.lane);
    return doubt && event.id <= doubt.upTo ? doubt.since : undefined;
  });
}
