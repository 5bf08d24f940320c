import type { LoadedFunction } from './load-function';
import type { UserEvent } from './user-events';

/** How Segment hands events over: one by one, or so many at once. */
export type CallSize = 'single' | 20 | 400;

const SETTINGS = { apiKey: 'benchmark-key', endpoint: 'https://userleap.example' };

/** Gives all events to the function's handlers, one call after the other. Throws where one is not taken. */
export async function playEvents(
  { handlers }: LoadedFunction,
  events: readonly UserEvent[],
  size: CallSize,
): Promise<void> {
  if (size === 'single') {
    for (const event of events) await handlers[event.type === 'identify' ? 'onIdentify' : 'onTrack'](event, SETTINGS);
    return;
  }
  for (let at = 0; at < events.length; at += size) {
    const results = await handlers.onBatch(events.slice(at, at + size), SETTINGS);
    if (results.some(({ status }) => status !== 200)) throw new Error('an event was not delivered');
  }
}
