import { sampleEvent } from '../load/sample-event';
import type { SampleType } from '../load/sample-event';

/** A call that a handler can be given. */
export interface UserEvent {
  readonly type: SampleType;
}

const EVENTS_OF_A_USER = 4;

/** So many events: each user signs in and does three things, one user after the other. */
export function userEvents(count: number): readonly UserEvent[] {
  return Array.from({ length: count }, (_, at) => {
    const type = at % EVENTS_OF_A_USER === 0 ? 'identify' : 'track';
    const userId = `user-${Math.floor(at / EVENTS_OF_A_USER)}`;
    return { ...sampleEvent(type), type, userId, messageId: `message-${at}` };
  });
}
